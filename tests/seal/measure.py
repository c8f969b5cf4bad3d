#!/usr/bin/env python3
"""Makes pages (generate.py), lets the program look at them, and counts.
    measure.py PROGRAM DIRECTORY [--seed N] [--count N] [--wild] [--precision P] [--recall R] [--keep]
A seal is found when the program names one within 5 mm of its middle and a fifth of its diameter. Recall counts
pages with seals: one found is enough, since the program names the surest one. Precision counts pages too: naming
something that is no seal is a false one, on whatever page. Exit status 1 when a figure lies below what was asked."""
import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BATCH = 100


def look(program, files):
    """What the program says of each file: its facts, by name."""
    facts = {}
    for i in range(0, len(files), BATCH):
        run = subprocess.run([str(program), "check", "--json", "--set", "reader.scan_titles=off", *map(str, files[i:i + BATCH])], capture_output=True, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"{program} check: status {run.returncode}\n{run.stderr}")
        for line in run.stdout.splitlines():
            for document in json.loads(line)["documents"]:
                facts[document["name"]] = document["facts"]
    return facts


def is_one_of(seal, seals):
    return any(math.hypot(s["x_mm"] - seal["x_mm"], s["y_mm"] - seal["y_mm"]) < 5
               and abs(s["diameter_mm"] - seal["diameter_mm"]) < 0.2 * s["diameter_mm"] for s in seals)


def count(truth, facts):
    """Rows kind -> [pages, found, missed, false], the unsure ones left out, and the pages that went wrong."""
    rows, wrong = collections.defaultdict(lambda: [0, 0, 0, 0]), []
    for page in truth:
        if page["unsure"]:
            continue
        seal = facts[page["file"]]["seal"]
        wanted = page["seals"] if page["way"] != "grey" else []
        if wanted:
            outcome = 2 if seal is None else 1 if is_one_of(seal, wanted) else 3
        else:
            outcome = 0 if seal is None else 3
        kinds = [page["kind"]] if page["seals"] else sorted(set(page["kind"][3:].split("+")))
        for row in {"all", ("pages with seals, " if wanted else "pages without, ") + page["way"],
                    *(("seal: " if page["seals"] else "no seal: ") + (kind or "plain") for kind in kinds)}:
            rows[row][0] += 1
            if outcome:
                rows[row][outcome] += 1
        if outcome > 1:
            wrong.append((page, seal))
    return rows, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", default="200")
    parser.add_argument("--wild", action="store_true")
    parser.add_argument("--precision", type=float, default=0)
    parser.add_argument("--recall", type=float, default=0)
    parser.add_argument("--keep", action="store_true", help="measure the pages that lie there already")
    options = parser.parse_args()
    if not options.keep:
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(options.directory), "--seed", options.seed,
                        "--count", options.count, *(["--wild"] if options.wild else [])], check=True)
    truth = [json.loads(line) for line in open(options.directory / "truth.jsonl", encoding="utf-8")]
    facts = look(options.program, [options.directory / page["file"] for page in truth])
    rows, wrong = count(truth, facts)
    print(f"{'':40}{'pages':>7}{'found':>7}{'missed':>7}{'false':>7}")
    for row in sorted(rows):
        print(f"{row:40}" + "".join(f"{n:7}" for n in rows[row]))
    for page, seal in wrong:
        print("wrong:", page["file"], page["way"], page["kind"], "saw", seal)
    _, found, missed, false = rows["all"]
    precision, recall = found / max(1, found + false), found / max(1, found + missed + sum(1 for p, s in wrong if s and p["seals"]))
    print(f"precision {precision:.4f}  recall {recall:.4f}  of {len(truth)} pages, {sum(p['unsure'] for p in truth)} unsure")
    return 0 if precision >= options.precision and recall >= options.recall else 1


if __name__ == "__main__":
    sys.exit(main())
