#!/usr/bin/env python3
"""Holds `parts --json` against a corpus of mails that lies outside the project.

usage: compare.py PROGRAM CORPUS [-v]

CORPUS holds *.eml and expect.json: {"x.eml": {"leaves": [{"name", "sha256", "sha256_normalised"}]}}.
Every key that a leaf has is compared; null is not, and a name of null equals "". Prints each miss and
the share of mails that are right; exit status 1 when one is wrong or the program failed.
"""
import json
import pathlib
import subprocess
import sys

BATCH = 100


def answers(program, files):
    for start in range(0, len(files), BATCH):
        batch = files[start:start + BATCH]
        run = subprocess.run([program, 'parts', '--json', *map(str, batch)], capture_output=True, check=False)
        lines = run.stdout.decode('utf-8').splitlines()
        if run.returncode not in (0, 1) or len(lines) != len(batch):
            sys.exit(f'{program}: status {run.returncode}, {len(lines)} lines for {len(batch)} files\n'
                     + run.stderr.decode('utf-8', 'replace'))
        for file, line in zip(batch, lines):
            yield file.name, json.loads(line)


def faults(expected, got):
    if len(expected) != len(got):
        return [f'{len(expected)} leaves expected, {len(got)} found: {[p["type"] for p in got]}']
    out = []
    for number, (want, have) in enumerate(zip(expected, got), 1):
        for key in ('name', 'sha256', 'sha256_normalised'):
            if key not in want or (want[key] is None and key != 'name'):
                continue
            if (want[key] or '') != have[key]:
                out.append(f'leaf {number} ({have["type"]}): {key} {want[key]!r} expected, {have[key]!r} found')
    return out


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    expect = json.loads((corpus / 'expect.json').read_text('utf-8'))
    agreed = {name: row for name, row in expect.items() if 'leaves' in row}
    wrong = 0
    for name, answer in answers(program, sorted(corpus / name for name in expect)):
        found = faults(agreed[name]['leaves'], answer['parts']) if name in agreed else []
        if found:
            wrong += 1
            print(name, agreed[name].get('from') or agreed[name].get('note') or '')
            print('\n'.join('    ' + line for line in found[:4]))
            if '-v' in sys.argv:
                print('    problems:', answer['problems'])
    right = len(agreed) - wrong
    print(f'{corpus.name}: {right} of {len(agreed)} right ({100 * right / max(1, len(agreed)):.2f} %), '
          f'{len(expect) - len(agreed)} without an agreed answer')
    return 1 if wrong else 0


sys.exit(main())
