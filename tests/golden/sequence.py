#!/usr/bin/env python3
"""Runs the whole job on several mails of one unit and holds its standing against the expected one.

  sequence.py --program BAOSONG --samples DIR --work DIR [NAME…]

sequences/NAME.json: the mails in the order in which they arrive, each with the moment at which it is
handled, the kind of the letter that answers it (null: none may go out) and words of it; then, for each
unit, the state of its items (those not named must be `missing`). Each sequence is run twice over: mail by
mail, and all at once, where the mails of one unit share a letter (`letters_at_once`, else one a unit). Either way the standing must be the same, and one
more `run --once` must change nothing.
"""
import argparse
import email
import email.policy
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


class Job:
    def __init__(self, options, name):
        self.program, self.samples = options.program, pathlib.Path(options.samples)
        self.room = pathlib.Path(options.work) / f"sequence-{name}"
        shutil.rmtree(self.room, ignore_errors=True)
        for box in ("inbox", "outbox"):
            for part in ("tmp", "new", "cur"):
                (self.room / box / part).mkdir(parents=True)
        self.sets = ["--set", f"state={self.room / 'state'}", "--set", f"mailbox.url=maildir:{self.room / 'inbox'}",
                     "--set", f"outbox.url=maildir:{self.room / 'outbox'}", "--set", "outbox.settle=0s"]

    def deliver(self, mail, number):
        shutil.copyfile(self.samples / f"{mail}.eml", self.room / "inbox" / "new" / f"{1666000000 + number}.{mail}.example")

    def call(self, now, *command):
        done = subprocess.run([self.program, *command, "--now", now, *self.sets], capture_output=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"baosong {' '.join(command)}: exit status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8")

    def letters(self):
        """File name -> kind and text."""
        found = {}
        for path in sorted(p for part in ("new", "cur") for p in (self.room / "outbox" / part).iterdir()):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found[path.name] = (letter["x-baosong-letter"], letter.get_body(("plain",)).get_content())
        return found


def standing(case, status):
    units = {unit["id"]: unit for unit in status["units"]}
    for name, wanted in case["units"].items():
        for item in units[name]["items"]:
            state = wanted.get(item["id"], "missing")
            if item["state"] != state:
                said = "; ".join(f["message"] for f in item["findings"])
                yield f"{name} {item['id']}: wanted {state}, found {item['state']} ({said})"
    count = len(case["mails"])
    mail = status["mail"]
    if (mail["seen"], mail["archived"], mail["decided"]) != (count, count, count):
        yield f"mail: wanted {count} seen, archived and decided, found {mail}"


def one_by_one(case, job):
    had = {}
    for number, mail in enumerate(case["mails"]):
        job.deliver(mail["name"], number)
        job.call(mail["now"], "run", "--once")
        letters = job.letters()
        new = [letter for name, letter in letters.items() if name not in had]
        had = letters
        kinds = [kind for kind, _ in new]
        if kinds != ([mail["letter"]] if mail["letter"] else []):
            yield f"{mail['name']}: wanted letter {mail['letter']}, found {kinds}"
        for words in mail.get("contains", []) if new else []:
            if words not in new[0][1]:
                yield f"{mail['name']}: its letter lacks {words}:\n{new[0][1]}"


def all_at_once(case, job):
    for number, mail in enumerate(case["mails"]):
        job.deliver(mail["name"], number)
    job.call(case["mails"][-1]["now"], "run", "--once")
    wanted = case.get("letters_at_once", len(case["units"]))
    if len(job.letters()) != wanted:
        yield f"all at once: {len(job.letters())} letters went out, wanted {wanted}"


def run(name, options):
    case = json.loads((HERE / "sequences" / f"{name}.json").read_text(encoding="utf-8"))
    now = case["mails"][-1]["now"]
    found = []
    for way in (one_by_one, all_at_once):
        job = Job(options, f"{name}-{way.__name__}")
        found += way(case, job)
        status, letters = json.loads(job.call(now, "status", "--json")), job.letters()
        found += standing(case, status)
        job.call(now, "run", "--once")
        if json.loads(job.call(now, "status", "--json")) != status or job.letters() != letters:
            found.append(f"{way.__name__}: one more run changed something")
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
