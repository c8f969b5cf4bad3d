#!/usr/bin/python3
"""From one person to another: submitter -> SMTP -> postfix -> mailbox -> baosong -> SMTP -> postfix ->
the submitter's mailbox, read back over IMAP. Real Dovecot, real postfix, TLS and login on both ways.
usage: post_test.py PROGRAM"""
import email
import imaplib
import os
import shutil
import smtplib
import ssl
import sys
import tempfile
import time
import unittest

from dovecot import Dovecot
from office import NOW, Office, make_mail
from postfix import Postfix
from smtp_server import CODE, DROP, TAKE, USER, SmtpServer

# postfix's master and Dovecot's delivery want root.
if os.geteuid() != 0:
    os.execvp("sudo", ["sudo", "-n", sys.executable, *sys.argv])
PROGRAM = os.path.abspath(sys.argv.pop(1))
OFFICE, SUBMITTER = "office_demo@126.com", "cy_demo@126.com"
ARRIVED = 1666576800  # 2022-10-24T10:00:00+08:00


class Post(unittest.TestCase):
    def setUp(self):
        self.room = tempfile.mkdtemp(prefix="baosong-post-")
        self.addCleanup(shutil.rmtree, self.room, True)
        os.chmod(self.room, 0o755)
        for name in ("office", "submitter", "postfix"):
            os.mkdir(os.path.join(self.room, name), 0o755)
        self.mail = Dovecot(os.path.join(self.room, "office"))
        self.addCleanup(self.mail.stop)
        self.office = Office(PROGRAM)
        self.addCleanup(self.office.close)
        self.office.set("mailbox.url", "imaps://localhost:%d" % self.mail.port)
        self.office.set("mailbox.user", OFFICE)
        self.office.set("mailbox.password_file", self.office.write("imap-code", "code\n"))
        self.office.set("mailbox.ca_file", self.mail.ca)
        self.office.set("outbox.from", OFFICE)
        self.office.set("outbox.user", OFFICE)
        self.office.set("outbox.ca_file", self.mail.ca)

    def once(self, now=None):
        done = self.office.once(now)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done


class ThroughPostfix(Post):
    def setUp(self):
        super().setUp()
        self.theirs = Dovecot(os.path.join(self.room, "submitter"))
        self.addCleanup(self.theirs.stop)
        # Postfix takes mail for there and brings it back.
        nowhere = SmtpServer()
        nowhere.script["rcpt"] = ["550 5.1.1 User unknown"] * 100
        self.addCleanup(nowhere.stop)
        self.postfix = Postfix(
            os.path.join(self.room, "postfix"), {OFFICE: self.mail.mail, SUBMITTER: self.theirs.mail},
            self.mail.mail_user, self.mail.ca, os.path.join(self.room, "office", "key.pem"),
            os.path.join(self.room, "office", "run", "sasl"), {OFFICE: OFFICE}, nowhere.port)
        self.addCleanup(self.postfix.stop)
        self.office.set("outbox.url", "smtps://localhost:%d" % self.postfix.submission)
        self.office.set("outbox.password_file", self.office.write("smtp-code", "code\n"))

    def submit(self, sender, mail):
        with smtplib.SMTP("127.0.0.1", self.postfix.relay) as client:
            client.sendmail(sender, [OFFICE], mail)

    def inbox(self, server, count):
        """The mails of a mailbox over IMAP, once there are `count` of them."""
        deadline = time.time() + 120
        context = ssl.create_default_context(cafile=server.ca)
        while True:
            with imaplib.IMAP4_SSL("localhost", server.port, ssl_context=context) as client:
                client.login("anybody", "code")
                client.select("INBOX", readonly=True)
                numbers = client.search(None, "ALL")[1][0].split()
                mails = [client.fetch(n, "(BODY.PEEK[])")[1][0][1] for n in numbers]
            if len(mails) >= count:
                return [email.message_from_bytes(mail) for mail in mails]
            self.assertLess(time.time(), deadline, self.postfix.log())
            time.sleep(0.2)

    def test_a_mail_goes_in_and_one_letter_comes_back(self):
        self.submit(SUBMITTER, make_mail(1, SUBMITTER).replace(
            b"MIME-Version", b"References: <start@demo.example>\r\nMIME-Version"))
        self.inbox(self.mail, 1)
        self.once()
        self.inbox(self.theirs, 1)
        self.once()
        self.once()
        letters = self.inbox(self.theirs, 1)
        self.assertEqual(len(letters), 1)
        letter = letters[0]
        stored = self.office.letters()
        self.assertEqual([row["state"] for row in stored], ["sent"])
        self.assertEqual(letter["Message-ID"], stored[0]["message_id"])
        self.assertEqual(letter["In-Reply-To"], "<1@demo.example>")
        self.assertEqual(letter["References"].split(), ["<start@demo.example>", "<1@demo.example>"])
        self.assertEqual(letter["Auto-Submitted"], "auto-replied")
        self.assertEqual(letter["To"], SUBMITTER)
        self.assertIn("<%s>" % OFFICE, letter["From"])
        self.assertEqual(letter["Return-Path"], "<%s>" % OFFICE)
        text = letter.get_payload(0).get_payload(decode=True).decode()
        self.assertIn("朝阳区", text)
        self.assertIn("sasl_username=" + OFFICE, self.postfix.log())

    def test_a_letter_that_comes_back_is_told_and_the_address_left_alone(self):
        sender = "gone_demo@nowhere.example"
        self.submit(sender, make_mail(1, sender))
        self.inbox(self.mail, 1)
        self.once()
        bounce = self.inbox(self.mail, 2)[1]
        self.assertIn("multipart/report", bounce["Content-Type"])
        self.once()
        letter = self.office.letters()[0]
        blocked = self.office.rows("SELECT * FROM blocked_address")
        self.assertEqual([(row["address"], row["letter"]) for row in blocked], [(sender, letter["message_id"])])
        digest = self.office.call("digest", now=None).stdout
        self.assertIn("回信被退回", digest)
        self.assertIn(sender, digest)
        self.assertIn("朝阳区", digest)
        # A further mail of theirs is answered only when staff release the address.
        self.submit(sender, make_mail(2, sender, subject="朝阳区教育局补充材料"))
        self.inbox(self.mail, 3)
        self.once()
        held = self.office.letters()[1]
        self.assertEqual(held["state"], "held")
        self.assertEqual(self.office.call("release", sender, now=None).returncode, 0)
        self.assertEqual(self.office.call("release", "L%d" % held["id"], now=None).returncode, 0)
        self.once()
        self.assertEqual(self.office.letters()[1]["state"], "sent")

    def test_an_address_that_the_server_refuses_at_once(self):
        sender = "nobody_demo@126.com"
        self.submit(sender, make_mail(1, sender))
        self.inbox(self.mail, 1)
        self.once()
        letter = self.office.letters()[0]
        self.assertEqual(letter["state"], "held")
        self.assertIn("5.1.1", letter["last_answer"])

    def test_another_sender_than_the_login_is_refused_and_told(self):
        self.office.set("outbox.from", "else_demo@126.com")
        self.submit(SUBMITTER, make_mail(1, SUBMITTER))
        self.inbox(self.mail, 1)
        done = self.office.once(None)
        self.assertIn("not owned", self.postfix.log())
        self.assertEqual(self.office.letters()[0]["state"], "pending", done.stderr)
        self.assertEqual(done.returncode, 3, done.stdout)


class InDoubt(Post):
    """The answer after the end of data is lost; the Sent folder of the same account may tell."""

    def setUp(self):
        super().setUp()
        self.server = SmtpServer("smtps", self.mail.ca, os.path.join(self.room, "office", "key.pem"))
        self.addCleanup(self.server.stop)
        self.office.set("outbox.url", self.server.url)
        self.office.set("outbox.password_file", self.office.write("smtp-code", CODE + "\n"))
        self.filed = 0
        self.server.filed = self.file

    def file(self, mail):
        self.filed += 1
        self.mail.put("%d.sent" % self.filed, mail, ARRIVED, "Sent")

    def arrives(self, number):
        self.mail.put("%d.demo" % number, make_mail(number), ARRIVED + number)

    def states(self):
        return [letter["state"] for letter in self.office.letters()]

    def test_found_among_the_sent_mail_it_is_sent(self):
        self.server.script["end"] = [TAKE]
        self.arrives(1)
        self.once(NOW)
        self.assertEqual(self.states(), ["sent"])
        self.once("2022-10-25T18:00:00+08:00")
        self.assertEqual(len(self.server.mails), 1)

    def test_not_found_where_the_server_files_what_it_sends_it_leaves_again(self):
        self.arrives(1)
        self.once(NOW)
        self.assertEqual(self.states(), ["sent"])
        self.server.script["end"] = [DROP]
        self.arrives(2)
        self.once("2022-10-24T19:00:00+08:00")
        self.assertEqual(self.states(), ["sent", "sending"])
        # Too early to be sure.
        self.once("2022-10-24T19:09:00+08:00")
        self.assertEqual(self.states(), ["sent", "sending"])
        self.once("2022-10-24T19:10:00+08:00")
        self.assertEqual(self.states(), ["sent", "sent"])
        self.assertEqual(len(self.server.mails), 2)

    def test_a_letter_that_is_filed_late_is_not_sent_again(self):
        self.arrives(1)
        self.once(NOW)
        taken = []
        self.server.filed = taken.append
        self.server.script["end"] = [TAKE]
        self.arrives(2)
        self.once("2022-10-24T19:00:00+08:00")
        self.assertEqual(self.states(), ["sent", "sending"])
        self.file(taken[0])
        self.once("2022-10-24T19:10:00+08:00")
        self.assertEqual(self.states(), ["sent", "sent"])
        self.assertEqual(len(self.server.mails), 2)

    def test_not_found_where_nothing_is_filed_it_is_held(self):
        self.server.filed = None
        self.arrives(1)
        self.once(NOW)
        self.server.script["end"] = [TAKE]
        self.arrives(2)
        self.once("2022-10-24T19:00:00+08:00")
        self.once("2022-10-24T19:10:00+08:00")
        self.assertEqual(self.states(), ["sent", "held"])
        self.assertEqual(len(self.server.mails), 2)
        self.once("2022-10-25T19:10:00+08:00")
        self.assertEqual(len(self.server.mails), 2)

    def test_while_the_mailbox_is_away_nothing_is_believed(self):
        self.arrives(1)
        self.once(NOW)
        self.server.script["end"] = [DROP]
        self.arrives(2)
        self.once("2022-10-24T19:00:00+08:00")
        url = self.office.settings["mailbox.url"]
        self.office.set("mailbox.url", "imaps://localhost:1")
        self.assertEqual(self.office.once("2022-10-24T19:30:00+08:00").returncode, 3)
        self.assertEqual(self.states(), ["sent", "sending"])
        self.office.set("mailbox.url", url)
        self.once("2022-10-24T19:40:00+08:00")
        self.assertEqual(self.states(), ["sent", "sent"])


if __name__ == "__main__":
    unittest.main()
