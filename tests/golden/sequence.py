#!/usr/bin/env python3
"""Runs the whole job on several mails of one unit and holds its standing against the expected one.

  sequence.py --program BAOSONG --samples DIR --work DIR [NAME…]

sequences/NAME.json: the mails in the order in which they arrive, `now`, and for each unit the state
of its items (those not named must be `missing`) and how many letters went out. Every sequence is run
twice: the second `run --once` must change nothing.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


class Job:
    def __init__(self, options, name, now):
        self.program, self.now = options.program, now
        self.room = pathlib.Path(options.work) / f"sequence-{name}"
        shutil.rmtree(self.room, ignore_errors=True)
        for box in ("inbox", "outbox"):
            for part in ("tmp", "new", "cur"):
                (self.room / box / part).mkdir(parents=True)
        self.sets = ["--set", f"state={self.room / 'state'}", "--set", f"mailbox.url=maildir:{self.room / 'inbox'}",
                     "--set", f"outbox.url=maildir:{self.room / 'outbox'}"]

    def deliver(self, sample, number):
        target = self.room / "inbox" / "new" / f"{1666000000 + number}.{sample.stem}.example"
        shutil.copyfile(sample, target)

    def call(self, *command):
        done = subprocess.run([self.program, *command, "--now", self.now, *self.sets], capture_output=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"baosong {' '.join(command)}: exit status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8")

    def letters(self):
        return sorted(p.name for part in ("new", "cur") for p in (self.room / "outbox" / part).iterdir())


def differences(case, status, letters):
    units = {unit["id"]: unit for unit in status["units"]}
    for name, wanted in case["units"].items():
        for item in units[name]["items"]:
            state = wanted.get(item["id"], "missing")
            if item["state"] != state:
                said = "; ".join(f["message"] for f in item["findings"])
                yield f"{name} {item['id']}: wanted {state}, found {item['state']} ({said})"
    mail = status["mail"]
    if mail["seen"] != len(case["mails"]) or mail["archived"] != len(case["mails"]) or mail["decided"] != len(case["mails"]):
        yield f"mail: wanted {len(case['mails'])} seen, archived and decided, found {mail}"
    if len(letters) != case["letters"]:
        yield f"letters: wanted {case['letters']}, found {len(letters)}"


def run(name, options):
    case = json.loads((HERE / "sequences" / f"{name}.json").read_text(encoding="utf-8"))
    job = Job(options, name, case["now"])
    for number, mail in enumerate(case["mails"]):
        job.deliver(pathlib.Path(options.samples) / f"{mail}.eml", number)
    job.call("run", "--once")
    status, letters = json.loads(job.call("status", "--json")), job.letters()
    found = list(differences(case, status, letters))
    job.call("run", "--once")
    if json.loads(job.call("status", "--json")) != status or job.letters() != letters:
        found.append("the second run changed something")
    for line in found:
        print(f"{name}: {line}")
    return not found


def main():
    parser = argparse.ArgumentParser()
    for name in ("--program", "--samples", "--work"):
        parser.add_argument(name, required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    names = options.names or sorted(f.stem for f in (HERE / "sequences").glob("*.json"))
    good = [run(name, options) for name in names]
    print(f"{sum(good)} of {len(good)} sequences came out as expected")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
