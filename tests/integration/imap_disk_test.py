#!/usr/bin/python3
"""The disk fails, or the program is killed, while mails come in over IMAP: they stay on the server,
and the next run has each of them whole and once.  usage: imap_disk_test.py PROGRAM KILL_AT_LIBRARY"""
import glob
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

KILL_AT = os.path.abspath(sys.argv.pop(2))

from imap_faults import FIRST_UID, Mail
from imap_office import PATIENCE, Office, make_mail

KILLS = 70        # at an operation on the disk
TIMED_KILLS = 30  # at any moment


class Disk(Office):
    def run_with(self, environment=None, limit=None, kill_after=None):
        """`run --once --fetch-only`; (exit status, what it said)."""
        def prepare():
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = subprocess.Popen(self.command("--once", "--fetch-only", mailbox_timeout="30s"),
                                   env=dict(os.environ, **(environment or {})), preexec_fn=prepare,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            if kill_after is not None:
                try:
                    process.wait(kill_after)
                except subprocess.TimeoutExpired:
                    process.kill()
            said, _ = process.communicate(timeout=PATIENCE * 2)
        finally:
            process.kill()
        return process.returncode, said.decode(errors="replace")

    def forget(self):
        subprocess.run(["rm", "-rf", os.path.join(self.dir, "state")], check=True)

    def everything_is_there_once(self, where):
        self.heals()
        with sqlite3.connect(self.dir + "/state/baosong.sqlite") as db:
            mails, = db.execute("SELECT count(*) FROM mail").fetchone()
            sightings, distinct = db.execute(
                "SELECT count(*), count(DISTINCT key) FROM sighting WHERE sha256 IS NOT NULL").fetchone()
        db.close()
        self.assertEqual((mails, sightings, distinct), (len(self.mails),) * 3, where)

    def test_a_full_disk(self):
        self.mails.append(make_mail(9, 600_000))
        self.server.mails.append(Mail(FIRST_UID + 90, self.mails[-1]))
        failed = 0
        for limit in (100, 5_000, 20_000, 60_000, 100_000, 400_000):
            with self.subTest(limit):
                self.forget()
                status, said = self.run_with(limit=limit)
                self.assertIn(status, (0, 3), said)
                failed += status == 3
                self.assertEqual(status == 3, "错误：" in said, said)
                self.assertNotIn("内部错误", said)
                self.archived()
                self.everything_is_there_once(limit)
        self.assertGreaterEqual(failed, 5)

    def test_a_disk_that_fails_to_sync(self):
        failed = 0
        for at in range(1, 16):
            with self.subTest(at):
                self.forget()
                status, said = self.run_with({"LD_PRELOAD": KILL_AT, "FAIL_SYNC": str(at)})
                self.assertIn(status, (0, 3), said)
                failed += status == 3
                self.assertNotIn("内部错误", said)
                self.archived()
                self.everything_is_there_once(at)
        self.assertGreaterEqual(failed, 4)

    def test_killed_at_any_point(self):
        counted = os.path.join(self.dir, "count")
        begin = time.monotonic()
        status, said = self.run_with({"LD_PRELOAD": KILL_AT, "KILL_COUNT": counted})
        took = time.monotonic() - begin
        self.assertEqual(status, 0, said)
        with open(counted) as file:
            operations = int(file.read())
        self.assertGreater(operations, 20, "the counter was not loaded")
        rng = random.Random(20221025)
        killed = 0
        for point in range(KILLS):
            self.forget()
            first, last = operations * point // KILLS, operations * (point + 1) // KILLS
            at = rng.randint(first + 1, max(first + 1, last))
            status, said = self.run_with({"LD_PRELOAD": KILL_AT, "KILL_AT": str(at)})
            # How the server's bytes are cut into writes differs from run to run.
            killed += status == -signal.SIGKILL
            self.assertIn(status, (0, -signal.SIGKILL), said)
            self.everything_is_there_once("operation %d" % at)
        for _ in range(TIMED_KILLS):
            self.forget()
            status, said = self.run_with(kill_after=rng.uniform(took / 20, took))
            killed += status == -signal.SIGKILL
            self.everything_is_there_once("by the clock")
        print("killed %d times at %d points (%d operations on the disk in a run)" %
              (killed, KILLS + TIMED_KILLS, operations))
        self.assertGreaterEqual(killed, KILLS * 3 // 4)


if __name__ == "__main__":
    unittest.main()
