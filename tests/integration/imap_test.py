#!/usr/bin/python3
"""baosong receives from a real Dovecot over TLS.  usage: imap_test.py PROGRAM IMAP_SENT"""
import glob
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
import unittest

from dovecot import Dovecot

PROGRAM = os.path.abspath(sys.argv.pop(1))
LOOK_INTO_SENT = os.path.abspath(sys.argv.pop(1))
ARRIVED = 1666598400  # 2022-10-24T16:00:00+08:00


def make_mail(number, size):
    rng = random.Random(number)
    head = ("From: demo%d@example.com\r\nTo: jlqmxx@126.com\r\nSubject: mail %d\r\n"
            "Message-ID: <%d@example.com>\r\n\r\n" % (number, number, number))
    # What a client that looks for protocol words inside a mail would stumble over.
    lines = ["b0005 OK done", "* BYE bye", "* 1 FETCH (UID 9)", "body {12}", ".", ")", ""]
    out = [head]
    length = len(head)
    while length < size:
        line = rng.choice(lines) if rng.random() < 0.1 else "%0*d" % (70, rng.getrandbits(200))
        out.append(line + "\r\n")
        length += len(line) + 2
    return "".join(out).encode()


class Imap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        os.chmod(cls.dir.name, 0o755)
        room = os.path.join(cls.dir.name, "dovecot")
        os.mkdir(room, 0o755)
        cls.server = Dovecot(room)
        cls.code = os.path.join(cls.dir.name, "code")
        cls.write_code("code")
        cls.mails = [make_mail(n, 8 * 1024) for n in range(120)]
        cls.mails += [make_mail(1000 + n, 2 * 1024 * 1024) for n in range(8)]
        for number, mail in enumerate(cls.mails):
            cls.server.put("%d.demo" % number, mail, ARRIVED + number)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.dir.cleanup()

    @classmethod
    def write_code(cls, text):
        with open(cls.code, "w") as file:
            file.write(text + "\n")

    def command(self, state, **changed):
        settings = {"state": state, "mailbox.url": "imaps://localhost:%d" % self.server.port,
                    "mailbox.user": "office", "mailbox.password_file": self.code,
                    "mailbox.ca_file": self.server.ca,
                    "outbox.url": "maildir:" + os.path.join(self.dir.name, "out")}
        settings.update({key.replace("_", ".", 1): value for key, value in changed.items()})
        command = []
        for key, value in settings.items():
            command += ["--set", "%s=%s" % (key, value)]
        return command

    def run_once(self, state, **changed):
        return subprocess.run([PROGRAM, "run", "--once", "--fetch-only"] +
                              self.command(state, **changed),
                              capture_output=True, text=True, timeout=120)

    def archived(self, state):
        return {os.path.basename(p)[:-4]: p for p in glob.glob(state + "/archive/*/*.eml")}

    def test_everything_arrives_whole_once_and_unmarked(self):
        state = os.path.join(self.dir.name, "state")
        done = self.run_once(state)
        self.assertEqual(done.returncode, 0, done.stderr)
        want = {hashlib.sha256(mail).hexdigest(): n for n, mail in enumerate(self.mails)}
        have = self.archived(state)
        self.assertEqual(set(have), set(want))
        for name, path in have.items():
            with open(path, "rb") as file:
                self.assertEqual(hashlib.sha256(file.read()).hexdigest(), name)
        # INTERNALDATE stands beside the mail.
        first = have[hashlib.sha256(self.mails[0]).hexdigest()][:-4] + ".date"
        with open(first) as file:
            self.assertIn(file.read().strip(), ("2022-10-24T16:00:00+08:00", "2022-10-24T08:00:00Z"))
        # Nothing is marked as read, moved or gone.
        names = os.listdir(self.server.mail + "/cur") + os.listdir(self.server.mail + "/new")
        self.assertEqual(len(names), len(self.mails))
        self.assertFalse([n for n in names if "S" in n.partition(":2,")[2]])

        again = self.run_once(state)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(set(self.archived(state)), set(want))
        late = make_mail(5000, 3000)
        self.server.put("5000.demo", late, ARRIVED + 5000)
        self.mails.append(late)
        third = self.run_once(state)
        self.assertEqual(third.returncode, 0, third.stderr)
        self.assertEqual(len(self.archived(state)), len(want) + 1)

    def test_the_folder_of_sent_mail_is_found_and_looked_into(self):
        for number in range(12):
            self.server.put("%02d.sent" % number, make_mail(9000 + number, 700), ARRIVED, folder="Sent")
        done = subprocess.run(
            [LOOK_INTO_SENT, "imaps://localhost:%d" % self.server.port, "office", self.code,
             self.server.ca, "5"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        folder, *ids = done.stdout.split("\n")[:-1]
        self.assertEqual(folder, "Sent")
        self.assertEqual(set(ids), {"<%d@example.com>" % (9000 + n) for n in range(7, 12)})

    def test_a_mail_that_comes_while_the_server_is_listened_to(self):
        state = os.path.join(self.dir.name, "idle")
        log = open(os.path.join(self.dir.name, "idle.log"), "w+")
        # The next look is a day away: only IDLE can tell of the mail.
        service = subprocess.Popen([PROGRAM, "run"] + self.command(state, mailbox_poll="1d"),
                                   stdout=log, stderr=log)

        def wait_for(count):
            deadline = time.monotonic() + 120
            while len(self.archived(state)) < count and time.monotonic() < deadline:
                time.sleep(0.05)
            log.seek(0)
            self.assertEqual(len(self.archived(state)), count, log.read())

        try:
            wait_for(len(self.mails))
            for number in (6000, 6001):
                late = make_mail(number, 3000)
                self.server.put("%d.demo" % number, late, ARRIVED + number)
                self.mails.append(late)
                wait_for(len(self.mails))
        finally:
            service.terminate()
            status = service.wait(60)
            log.close()
        self.assertEqual(status, 0)

    def test_a_wrong_code_is_said(self):
        self.write_code("wrong")
        try:
            done = self.run_once(os.path.join(self.dir.name, "state2"))
        finally:
            self.write_code("code")
        self.assertEqual(done.returncode, 3)
        self.assertIn("授权码", done.stderr)
        self.assertNotIn("wrong", done.stderr)

    def test_an_unknown_certificate_is_refused(self):
        done = self.run_once(os.path.join(self.dir.name, "state3"),
                             mailbox_ca_file="/etc/ssl/certs/ca-certificates.crt")
        self.assertEqual(done.returncode, 3)
        self.assertIn("证书", done.stderr)

    def test_a_server_that_is_away_is_said(self):
        done = self.run_once(os.path.join(self.dir.name, "state4"),
                             mailbox_url="imaps://localhost:1")
        self.assertEqual(done.returncode, 3)
        self.assertIn("连接不上", done.stderr)


if __name__ == "__main__":
    unittest.main()
