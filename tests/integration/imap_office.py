"""What the tests against a scripted IMAP server share: sample mails, the program, a service in the
background, and an office with a mailbox of four mails."""
import datetime
import glob
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from imap_faults import FIRST_UID, Mail, Script, Server, make_certificate

PROGRAM = os.path.abspath(sys.argv.pop(1))
PATIENCE = 60  # seconds until a test gives up waiting; never what it takes
ZONE = datetime.timezone(datetime.timedelta(hours=8))
SECRET = "QXZWERTYABCD"  # the authorisation code


def make_mail(number, size):
    rng = random.Random(number)
    head = ("From: demo%d@example.com\r\nTo: jlqmxx@126.com\r\nSubject: mail %d\r\n"
            "Message-ID: <%d@example.com>\r\n\r\n" % (number, number, number))
    # What a client that looks for protocol words inside a mail would stumble over.
    lines = ["A005 OK done", "b0005 OK done", "b0006 OK done", "* BYE bye", "* 1 FETCH (UID 9)",
             "body {12}", ".", ")", "", "* OK [UIDVALIDITY 7]", "+ go on"]
    out = [head]
    length = len(head)
    while length < size:
        line = rng.choice(lines) if rng.random() < 0.5 else "%0*d" % (70, rng.getrandbits(200))
        out.append(line + "\r\n")
        length += len(line) + 2
    return "".join(out).encode()


class Service:
    """`run` in the background; what it says is collected."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.said.append(line.decode(errors="replace").rstrip("\n"))

    def lines(self, words):
        return [line for line in list(self.said) if re.search(words, line)]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.reader.join()
            self.process.stdout.close()
        return self.process.returncode


class Office(unittest.TestCase):
    """A mailbox of four mails on a server that the test scripts, and a state of our own."""
    PLAIN = False

    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.TemporaryDirectory()
        cls.certificate = make_certificate(os.path.join(cls.room.name, "good"))
        cls.code = os.path.join(cls.room.name, "code")
        with open(cls.code, "w") as file:
            file.write(SECRET + "\n")

    @classmethod
    def tearDownClass(cls):
        cls.room.cleanup()

    def setUp(self):
        self.dir = tempfile.mkdtemp(dir=self.room.name)
        self.server = Server(self.certificate, self.PLAIN)
        self.addCleanup(self.server.stop)
        # The third could also come as a quoted string.
        self.mails = [make_mail(1, 8192), make_mail(2, 8192), b'Subject: a \\ "short" one',
                      make_mail(4, 30_000)]
        self.server.mails = [Mail(FIRST_UID + 7 * n, body) for n, body in enumerate(self.mails)]

    def command(self, *more, **changed):
        settings = {"state": os.path.join(self.dir, "state"),
                    "mailbox.url": "%s://localhost:%d" % ("imap" if self.PLAIN else "imaps",
                                                          self.server.port),
                    "mailbox.user": "office@126.com", "mailbox.password_file": self.code,
                    "mailbox.ca_file": self.certificate[0], "mailbox.timeout": "1s",
                    "outbox.url": "maildir:" + os.path.join(self.dir, "out")}
        settings.update({key.replace("_", ".", 1): value for key, value in changed.items()})
        out = [PROGRAM, "run", *more]
        for key, value in settings.items():
            out += ["--set", "%s=%s" % (key, value)]
        return out

    def service(self, **changed):
        service = Service(self.command(**changed))
        self.addCleanup(lambda: service.process.poll() is None and service.process.kill())
        return service

    def once(self, **changed):
        # A machine under load must not look like a server that stalls.
        changed.setdefault("mailbox_timeout", "30s")
        return subprocess.run(self.command("--once", "--fetch-only", **changed), capture_output=True,
                              text=True, timeout=PATIENCE * 2, errors="replace")

    def archived(self):
        """Which mails are in the archive; each must be whole."""
        found = set()
        for path in glob.glob(self.dir + "/state/archive/*/*.eml"):
            with open(path, "rb") as file:
                body = file.read()
            self.assertEqual(hashlib.sha256(body).hexdigest(), os.path.basename(path)[:-4])
            self.assertIn(body, self.mails, "a mail that nobody sent")
            found.add(body)
        return found

    def wait_for(self, what, service):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if what():
                return
            if service.process.poll() is not None:
                break
            time.sleep(0.02)
        self.fail("waited in vain; the service said:\n" + "\n".join(service.said) +
                  "\nthe server heard: " + " ".join(self.server.commands))

    def seconds_until_retry(self, line):
        at = re.search(r"(\d\d):(\d\d):(\d\d)再试", line)
        self.assertTrue(at, line)
        hour, minute, second = map(int, at.groups())
        now = datetime.datetime.now(ZONE)
        then = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
        wait = (then - now).total_seconds()
        return wait + 86400 if wait < -3600 else wait

    def heals(self):
        """The server is well again: the next run has every mail, whole and once."""
        self.server.script = Script()
        self.server.mails = [Mail(FIRST_UID + 7 * n, body) for n, body in enumerate(self.mails)]
        done = self.once()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.archived(), set(self.mails))
        self.assertEqual(glob.glob(self.dir + "/state/archive/tmp/*"), [])
