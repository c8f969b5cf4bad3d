#!/usr/bin/env python3
"""Runs `baosong check --json` on sample mails and holds the answer against the expected one.

  run.py --program BAOSONG --samples DIR [--work DIR] [--accept] [CASE…]

A case is cases/NAME.json beside this file and DIR/NAME.eml. What a case may say:

  disposition, unit (id or null), decision, exit   must be equal
  items       {id: state}; items that are not named must be `missing`; a list: any of them
  missing     severity of every item.missing finding; without it there may be none
  documents   {path: [format, item]}; all of them. "*" matches anything, lists any of theirs
  findings    all errors and warnings (but item.missing); infos that are named must be there
  may         findings that may come besides
  letter      null, or to / contains / lacks (its kind is looked at in the sequences)

A mismatch writes WORK/NAME.fail (the whole answer) and prints what differs. --accept rewrites what
the case says from the answer and reports it as skipped (exit status 77): read the diff before you
commit it, for the expected answers are what a careful clerk would say, not what the program says.
"""
import argparse
import fnmatch
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def alike(wanted, found):
    """A wanted value may be a list (any of them) or a pattern with *."""
    if isinstance(wanted, list):
        return any(alike(w, found) for w in wanted)
    if isinstance(wanted, str) and "*" in wanted:
        return wanted == "*" or (isinstance(found, str) and fnmatch.fnmatchcase(found, wanted))
    return wanted == found


def show(finding):
    return " ".join(f"{key}={value}" for key, value in finding.items()
                    if key in ("rule", "severity", "item", "document", "measured", "limit") and value is not None)


def compare_items(case, answer):
    if case.get("unit") is None or "items" not in case:
        return
    for item in answer.get("items", []):
        wanted = case["items"].get(item["id"], "missing")
        if not alike(wanted, item["state"]):
            yield f"item {item['id']}: wanted {wanted}, found {item['state']}"
    known = {item["id"] for item in answer.get("items", [])}
    for item in set(case["items"]) - known:
        yield f"item {item}: wanted {case['items'][item]}, not in the answer"


def compare_documents(case, answer):
    if "documents" not in case:
        return
    left = dict(case["documents"])
    for document in answer["documents"]:
        match = next((p for p in left if alike(p, document["path"])), None)
        if match is None:
            yield f"document {document['path']} ({document['format']}, {document['item']}): not wanted"
            continue
        wanted_format, wanted_item = left.pop(match)
        if not alike(wanted_format, document["format"]):
            yield f"document {document['path']}: wanted format {wanted_format}, found {document['format']}"
        if not alike(wanted_item, document["item"]):
            yield f"document {document['path']}: wanted item {wanted_item}, found {document['item']} ({document['why']})"
    for path in left:
        yield f"document {path}: wanted, not in the answer"


def compare_findings(case, answer):
    if "findings" not in case:
        return
    left = list(answer["findings"])
    for finding in [f for f in left if f["rule"] == "item.missing"]:
        left.remove(finding)
        if finding["severity"] != case.get("missing"):
            yield f"finding {show(finding)}: wanted severity {case.get('missing')}"
    for wanted in case["findings"]:
        match = next((f for f in left if all(alike(v, f.get(k)) for k, v in wanted.items())), None)
        if match is None:
            yield f"finding {show(wanted)}: wanted, not in the answer"
        else:
            left.remove(match)
    for finding in left:
        allowed = any(all(alike(v, finding.get(k)) for k, v in may.items()) for may in case.get("may", []))
        if finding["severity"] != "info" and not allowed:
            yield f"finding {show(finding)}: not wanted: {finding['message']}"
    for finding in answer["findings"]:
        if not finding.get("message", "").strip():
            yield f"finding {show(finding)}: says nothing"


def compare_letter(case, answer):
    if "letter" not in case:
        return
    wanted, found = case["letter"], answer.get("letter")
    if wanted is None or found is None:
        if (wanted is None) != (found is None):
            yield f"letter: wanted {'none' if wanted is None else 'one'}, found {'none' if found is None else found['subject']}"
        return
    if wanted.get("to", found["to"]) != found["to"]:
        yield f"letter: wanted to {wanted['to']}, found {found['to']}"
    whole = found["subject"] + "\n" + found["text"]
    for text in wanted.get("contains", []):
        if text not in whole:
            yield f"letter: lacks {text}"
    for text in wanted.get("lacks", []):
        if text in whole:
            yield f"letter: must not say {text}"
    if "{{" in whole or "}}" in whole:
        yield "letter: a field of the template was not filled"


def compare(case, answer, status):
    for key in ("disposition", "decision"):
        if key in case and case[key] != answer[key]:
            yield f"{key}: wanted {case[key]}, found {answer[key]}"
    if "unit" in case:
        found = answer["unit"]["id"] if answer["unit"] else None
        if found != case["unit"]:
            yield f"unit: wanted {case['unit']}, found {found}"
    if case.get("exit", status) != status:
        yield f"exit status: wanted {case['exit']}, found {status}"
    for part in (compare_items, compare_documents, compare_findings, compare_letter):
        yield from part(case, answer)


def accepted(case, answer, status):
    """The case with what it says taken from the answer."""
    new = dict(case)
    new.update({k: answer[k] for k in ("disposition", "decision") if k in case})
    if "unit" in case:
        new["unit"] = answer["unit"]["id"] if answer["unit"] else None
    if "exit" in case:
        new["exit"] = status
    if "items" in case:
        new["items"] = {i["id"]: i["state"] for i in answer["items"] if i["state"] != "missing"}
    if "documents" in case:
        new["documents"] = {d["path"]: [d["format"], d["item"]] for d in answer["documents"]}
    if "findings" in case:
        new["findings"] = [{k: f.get(k) for k in ("rule", "severity", "item", "document") if k != "document" or f.get(k)}
                           for f in answer["findings"] if f["rule"] != "item.missing"]
        new.pop("may", None)
    if answer.get("letter") is None and "letter" in case:
        new["letter"] = None
    return new


def run_case(name, options):
    case_file = HERE / "cases" / f"{name}.json"
    case = json.loads(case_file.read_text(encoding="utf-8"))
    mail = pathlib.Path(options.samples) / f"{name}.eml"
    done = subprocess.run([options.program, "check", "--json", str(mail)], capture_output=True, timeout=120)
    fail = pathlib.Path(options.work) / f"{name}.fail"
    lines = done.stdout.decode("utf-8").splitlines()
    if len(lines) != 1 or done.returncode not in (0, 1):
        print(f"{name}: exit status {done.returncode}, {len(lines)} lines\n{done.stderr.decode('utf-8', 'replace')}")
        return False
    answer = json.loads(lines[0])
    if options.accept:
        case_file.write_text(json.dumps(accepted(case, answer, done.returncode), ensure_ascii=False, indent=2) + "\n",
                             encoding="utf-8")
        return True
    differences = list(compare(case, answer, done.returncode))
    if not differences:
        fail.unlink(missing_ok=True)
        return True
    fail.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{name}: {len(differences)} differences (the whole answer: {fail})")
    for difference in differences:
        print(f"  {difference}")
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--samples", required=True)
    parser.add_argument("--work", default=".")
    parser.add_argument("--accept", action="store_true", default=os.environ.get("BAOSONG_ACCEPT") == "1")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    names = options.cases or sorted(f.stem for f in (HERE / "cases").glob("*.json"))
    good = [run_case(name, options) for name in names]
    if options.accept:
        print(f"{len(names)} expected answers rewritten: SKIPPED")
        return SKIPPED
    print(f"{sum(good)} of {len(good)} mails answered as expected")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
