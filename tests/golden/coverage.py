#!/usr/bin/env python3
"""Fails when a rule, a document format, a kind of letter, a disposition, an item state or a decision
has no golden case, and when a sample mail has no case or a case no mail.

  coverage.py --root SOURCE-TREE

The names are read from the tables in the sources, so a new row shows up here by itself. What later
work brings stands in LATER with the reason; a name that is in LATER and has a case is a fault too."""
import argparse
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LATER = {
    "rule photo.blurred": "tested in tests/unit",
    "rule photo.duplicate": "tested in tests/unit",
    "rule photo.reused": "tested in tests/unit",
    "format wps": "as doc", "format heic": "not read yet",
    "format 7z": "tested in tests/unit", "format tnef": "opened: what lies in it is listed",
    "format eml": "opened: what lies in it is listed",
    "letter digest": "answers no mail; tested in tests/unit",
    "disposition list-or-bulk": "tested in tests/unit", "disposition own": "tested in tests/unit",
    "disposition empty": "tested in tests/unit",
    "state not-required": "tested in tests/unit",
    "state set-by-staff": "tested in tests/integration/staff_test.py",
}


def names_of(root, file, array):
    """The strings of `array{...};` in a C++ source."""
    text = (root / file).read_text(encoding="utf-8")
    found = re.search(re.escape(array) + r"\s*\{(.*?)\}\s*;", text, re.S)
    if not found:
        raise SystemExit(f"coverage: {array} is no longer in {file}")
    return re.findall(r'"([^"]+)"', found.group(1))


def flat(value):
    return [x for v in value for x in flat(v)] if isinstance(value, list) else [value]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default=HERE.parent.parent, type=pathlib.Path)
    root = parser.parse_args().root
    rules = re.findall(r'RuleRow\{\s*"([a-z.-]+)"', (root / "rules/rule_table.cpp").read_text(encoding="utf-8"))
    kinds = re.search(r"enum class LetterKind[^{]*\{(.*?)\}", (root / "daemon/letters/letter.hpp").read_text(encoding="utf-8"), re.S)
    letters = [re.sub(r"(?<!^)([A-Z])", r"-\1", k).lower() for k in re.findall(r"\bk(\w+)", kinds.group(1))] if kinds else []
    if not rules or not letters:
        raise SystemExit("coverage: the tables were not found")
    wanted = {f"rule {name}" for name in rules} | {f"letter {name}" for name in letters}
    for word, file, array in [("format", "parsers/facts.hpp", "kFormatNames"), ("disposition", "rules/judge.hpp", "kDispositionNames"),
                              ("state", "rules/ledger.hpp", "kItemStateNames"), ("decision", "rules/decision.hpp", "kVerdictNames")]:
        wanted |= {f"{word} {name}" for name in names_of(root, file, array)}

    cases = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in (HERE / "cases").glob("*.json")}
    have = set()
    for case in cases.values():
        have |= {f"disposition {case['disposition']}", f"decision {case['decision']}"}
        have |= {f"rule {f['rule']}" for f in case["findings"]} | ({"rule item.missing"} if "missing" in case else set())
        have |= {f"state {s}" for s in flat(list(case.get("items", {}).values()))} | ({"state missing"} if "missing" in case else set())
        have |= {f"format {d[0]}" for d in case["documents"].values() if isinstance(d[0], str)}

    sequences = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in (HERE / "sequences").glob("*.json")}
    have |= {f"letter {mail['letter']}" for s in sequences.values() for mail in s["mails"] if mail["letter"]}

    faults = [f"no golden case for {name}" for name in sorted(wanted - have - set(LATER))]
    faults += [f"{name} has a golden case now: take it out of LATER" for name in sorted(have & set(LATER))]
    faults += [f"{name} is in no table any more: take it out of LATER" for name in sorted(set(LATER) - wanted)]
    listed = subprocess.run([sys.executable, str(HERE.parent / "samples" / "generate.py"), "--list"],
                            capture_output=True, text=True, check=True).stdout.split()
    faults += [f"sample mail omitted from the suite: {name}" for name in sorted(set(listed) - set(cases))]
    faults += [f"expected answer without a sample mail: {name}" for name in sorted(set(cases) - set(listed))]
    for name, sequence in sequences.items():
        faults += [f"{name}: no such mail: {m['name']}" for m in sequence["mails"] if m["name"] not in listed]
    print("\n".join(faults) if faults else f"{len(wanted)} names covered or accounted for, {len(cases)} mails in the suite")
    return 1 if faults else 0


sys.exit(main())
