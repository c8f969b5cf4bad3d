#!/usr/bin/python3
"""`config try` says what a changed rule would change, and changes nothing.  usage: try_test.py PROGRAM SAMPLES"""
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest

from service import Case

Case.program = os.path.abspath(sys.argv.pop(1))
SAMPLES = os.path.abspath(sys.argv.pop(1))
CONFIG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../config")


class Try(Case):
    def setUp(self):
        super().setUp()
        self.config = os.path.join(self.room, "config")
        shutil.copytree(CONFIG, self.config)
        self.office = self.service(config=os.path.join(self.config, "baosong.toml"))

    def run_command(self, *command):
        return subprocess.run(self.office.arguments(*command), capture_output=True, text=True, timeout=300)

    def contents(self):
        """Every row of the store, every letter in the outbox."""
        with sqlite3.connect(os.path.join(self.office.state, "baosong.sqlite")) as db:
            dump = "\n".join(db.iterdump())
        return hashlib.sha256(dump.encode()).hexdigest(), self.office.letters()

    def change(self, old, new):
        path = os.path.join(self.config, "notices", "2022-lifelong-learning-week.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count(old), 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))

    def test_it_says_what_would_change_and_changes_nothing(self):
        for name in sorted(os.listdir(SAMPLES)):
            if name.endswith(".eml"):
                with open(os.path.join(SAMPLES, name), "rb") as file:
                    self.office.deliver(name, file.read())
        done = self.run_command("run", "--once")
        self.assertEqual(done.returncode, 0, done.stderr)
        before = self.contents()

        same = self.run_command("config", "try")
        self.assertEqual((same.returncode, same.stderr), (0, ""))
        self.assertIn("，0封结果不同", same.stdout)

        # 04-erdao-too-long has a title of more than 20 characters.
        self.change('"text.title-length" = { severity = "error", max = 20 }',
                    '"text.title-length" = { severity = "error", max = 60 }')
        changed = self.run_command("config", "try")
        self.assertEqual(changed.returncode, 0, changed.stderr)
        self.assertRegex(changed.stdout, "（erdao，")
        self.assertIn("不再提出 text.title-length（exhibit-text）", changed.stdout)
        rows = [json.loads(line) for line in self.run_command("config", "try", "--json").stdout.splitlines()]
        self.assertEqual(len(rows), changed.stdout.count("邮件 "))
        self.assertTrue(all(row["before"]["unit"] == row["after"]["unit"] for row in rows))
        self.assertIn("text.title-length", {f["rule"] for row in rows for f in row["gone"]})
        self.assertEqual(self.contents(), before)

    def test_without_a_store_there_is_nothing_to_try(self):
        done = self.run_command("config", "try")
        self.assertEqual(done.returncode, 2)
        self.assertIn("还没有收到过邮件", done.stderr)
        self.assertFalse(os.path.exists(self.office.state))


if __name__ == "__main__":
    unittest.main(verbosity=2)
