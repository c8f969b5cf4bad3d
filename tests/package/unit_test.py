#!/usr/bin/python3
"""What systemd itself says of systemd/: nothing to complain of, and hardly any exposure.
usage: unit_test.py SOURCE-DIR PROGRAM"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop())
SOURCE = os.path.abspath(sys.argv.pop())
UNIT = os.path.join(SOURCE, "systemd", "baosong.service")
MOST_EXPOSURE = 1.5


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120,
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"})


def exposure(unit):
    done = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
    found = re.search(r"Overall exposure level for baosong\.service: ([0-9.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found.group(1))


class Unit(unittest.TestCase):
    def setUp(self):
        self.room = tempfile.TemporaryDirectory()
        self.addCleanup(self.room.cleanup)
        with open(UNIT, encoding="utf-8") as file:
            self.text = file.read()

    def write(self, text):
        path = os.path.join(self.room.name, "baosong.service")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_its_exposure_is_small(self):
        self.assertLessEqual(exposure(UNIT), MOST_EXPOSURE)

    def test_an_open_unit_would_be_found_out(self):
        opened = "\n".join(line for line in self.text.splitlines()
                           if not line.startswith(("SystemCallFilter", "Protect", "Restrict", "CapabilityBounding")))
        self.assertGreater(exposure(self.write(opened)), MOST_EXPOSURE)

    def test_systemd_finds_no_fault(self):
        # The program is not installed where the unit expects it: verify the same unit with the one that was built.
        # Pages of the manual are looked up by name and are not installed either.
        text = self.text.replace("/usr/bin/baosong", PROGRAM)
        self.assertIn(PROGRAM + " run", text)
        text = re.sub(r"^Documentation=.*\n", "", text, flags=re.M)
        done = run("systemd-analyze", "verify", "--man=no", self.write(text))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_verify_is_asked_at_all(self):
        done = run("systemd-analyze", "verify", "--man=no", self.write(self.text.replace("UMask", "UMaks")))
        self.assertIn("UMaks", done.stderr)

    def test_the_code_comes_as_a_credential(self):
        name = re.search(r"^LoadCredential=(\S+)$", self.text, re.M).group(1)
        self.assertIn("/etc/credstore/" + name, self.text)
        # The form in which the configuration names it is one that the program takes.
        done = run(PROGRAM, "config", "check", "--config", os.path.join(SOURCE, "config", "baosong.toml"),
                   "--set", "mailbox.password_file=credential:" + name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Account(unittest.TestCase):
    def test_sysusers_and_tmpfiles_are_understood(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, "etc"))
            os.makedirs(os.path.join(root, "var/lib"))
            done = run("systemd-sysusers", "--root=" + root, os.path.join(SOURCE, "systemd/baosong.sysusers"))
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(os.path.join(root, "etc/passwd"), encoding="utf-8") as file:
                account = file.read().strip().split(":")
            self.assertEqual((account[0], account[5], account[6]), ("baosong", "/var/lib/baosong", "/usr/sbin/nologin"))
            if os.getuid() != 0:
                self.skipTest("only root gives directories away")
            done = run("systemd-tmpfiles", "--create", "--root=" + root,
                       os.path.join(SOURCE, "systemd/baosong.tmpfiles"))
            self.assertEqual(done.returncode, 0, done.stderr)
            state = os.stat(os.path.join(root, "var/lib/baosong"))
            self.assertEqual((state.st_mode & 0o7777, state.st_uid), (0o700, int(account[2])))
            store = os.stat(os.path.join(root, "etc/credstore"))
            self.assertEqual((store.st_mode & 0o7777, store.st_uid), (0o700, 0))


if __name__ == "__main__":
    if not shutil.which("systemd-analyze"):
        sys.exit("systemd-analyze is missing: scripts/install-deps")
    unittest.main()
