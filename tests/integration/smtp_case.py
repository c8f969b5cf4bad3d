"""What the tests share that send to a scripted SMTP server. The program is the last argument."""
import os
import shutil
import sys
import tempfile
import unittest

from office import NOW, Office, make_mail
from smtp_server import CODE, USER, SmtpServer, make_certificate

PROGRAM = os.path.abspath(sys.argv.pop(1))
LATER = "2022-10-24T22:00:00+08:00"
TOMORROW = "2022-10-25T09:00:00+08:00"
WEEKS_LATER = "2022-11-14T09:00:00+08:00"


class SmtpTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.mkdtemp(prefix="baosong-smtp-")
        cls.cert, cls.key = make_certificate(cls.room)
        cls.other_cert, cls.other_key = make_certificate(cls.room, "other.example")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.room)

    def setUp(self):
        self.office = Office(PROGRAM)
        self.addCleanup(self.office.close)

    def serve(self, tls="smtps", **more):
        """A server, and an office with one mail that sends there."""
        server = SmtpServer(tls, more.pop("cert", self.cert), more.pop("key", self.key), **more)
        self.addCleanup(server.stop)
        self.office.set("outbox.url", server.url)
        self.office.set("outbox.user", USER)
        self.office.set("outbox.from", USER)
        self.office.set("outbox.ca_file", self.cert)
        self.office.set("outbox.password_file", self.office.write("code", CODE + "\n"))
        self.office.set("outbox.timeout", "20s")
        self.office.deliver(1, make_mail(1))
        return server

    def one_letter(self, state):
        letters = self.office.letters()
        self.assertEqual([letter["state"] for letter in letters], [state], letters)
        return letters[0]

    def sends(self, now=NOW):
        done = self.office.once(now)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done

    def surely_not_sent_then_sent(self, server, at=LATER):
        """After the fault nothing was taken; later the letter leaves once."""
        self.assertEqual(server.mails, [])
        self.one_letter("pending")
        self.sends(at)
        self.assertEqual(len(server.mails), 1)
        self.one_letter("sent")
