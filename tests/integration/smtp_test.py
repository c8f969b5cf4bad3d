#!/usr/bin/python3
"""baosong sends to a scripted SMTP server, and each fault of such servers happens once.
usage: smtp_test.py PROGRAM"""
import email
import socket
import unittest

from office import Office, make_mail
from smtp_case import LATER, PROGRAM, TOMORROW, WEEKS_LATER, SmtpTest
from smtp_server import DROP, HANG, LATE, TAKE, USER


class Sending(SmtpTest):
    def test_one_letter_leaves_once_as_the_standards_want_it(self):
        server = self.serve()
        self.sends()
        self.sends(LATER)
        self.assertEqual(len(server.mails), 1)
        sender, recipient, raw = server.mails[0]
        self.assertEqual((sender, recipient), ("FROM:<%s>" % USER, "TO:<cy_demo@126.com>"))
        self.assertEqual(server.users, [("PLAIN", USER)])
        self.assertTrue(all(byte < 0x80 for byte in raw))
        self.assertTrue(all(len(line) <= 998 for line in raw.split(b"\r\n")))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        mail = email.message_from_bytes(raw)
        self.assertEqual(mail["In-Reply-To"], "<1@demo.example>")
        self.assertEqual(mail["References"].split(), ["<1@demo.example>"])
        self.assertEqual(mail["Auto-Submitted"], "auto-replied")
        self.assertEqual(mail["Message-ID"], self.one_letter("sent")["message_id"])
        self.assertIn(USER, mail["From"])

    def test_login_where_plain_is_not_offered(self):
        server = self.serve(offers="AUTH=LOGIN")
        self.sends()
        self.assertEqual(server.users, [("LOGIN", USER)])
        self.assertEqual(len(server.mails), 1)

    def test_login_where_plain_is_not_known_after_all(self):
        server = self.serve()
        server.script["auth"] = ["504 5.5.4 unknown mechanism"]
        self.sends()
        self.assertEqual([mechanism for mechanism, _ in server.users], ["LOGIN"])
        self.assertEqual(len(server.mails), 1)

    def test_starttls(self):
        # Another machine would be refused without it; here the server offers it.
        server = self.serve("starttls")
        self.sends()
        self.assertEqual(len(server.mails), 1)
        self.assertIn("STARTTLS", server.commands)

    def test_one_connection_for_several_letters_but_not_for_many(self):
        server = self.serve()
        for number, unit in enumerate(["朝阳区", "南关区", "宽城区", "二道区", "绿园区", "双阳区", "九台区",
                                       "榆树市", "农安县", "德惠市", "公主岭市", "净月区"]):
            self.office.deliver(10 + number, make_mail(
                10 + number, "u%d_demo@126.com" % number, unit + "教育局材料",
                text=unit + "教育局：我区无先进单位推荐。"))
        self.sends()
        letters = self.office.letters()
        self.assertEqual(len(server.mails), len(letters))
        self.assertGreater(len(letters), 10)
        self.assertEqual(server.connections, 2)

    def test_a_plain_server_elsewhere_is_refused(self):
        self.serve()
        self.office.set("outbox.url", "smtp://mail.example:25")
        done = self.office.once()
        self.assertEqual(done.returncode, 2)
        self.assertIn("不加密", done.stderr)


class Refusals(SmtpTest):
    # step, reply, what it does: pause until (minutes after now), later (minutes) or held; told to staff
    CASES = [
        ("end", "451 MI:SFQ 163 smtp1,x http://mail.163.com/help", "pause", 15, False),
        ("rcpt", "451 RP:QRC 163 smtp1,x", "pause", 15, False),
        ("rcpt", "550 RP:TRC 163 smtp1,x", "pause", 370, False),
        ("mail", "550 MI:STC 163 smtp1,x", "pause", 370, False),
        ("end", "554 MI:STC 163 smtp1,x", "pause", 370, False),
        ("mail", "450 MI:DMC 163 smtp1,x", "pause", 1, False),
        ("mail", "451 MI:DMC 163 smtp1,x", "pause", 1, False),
        ("greeting", "421 HL:ICC 163 smtp1,x", "pause", 10, False),
        ("greeting", "554 HL:IHU 163 smtp1,x", "pause", 360, True),
        ("mail", "554 HL:IHU 163 smtp1,x", "pause", 360, True),
        ("end", "451 DT:SPM 163 smtp1,x", "later", 2, False),
        ("end", "554 DT:SPM 163 smtp1,x", "held", 0, False),
        ("mail", "554 MI:SPB 163 smtp1,x", "pause", 360, True),
        ("end", "552 Illegal Attachment", "held", 0, False),
        ("mail", "553 Mail from must equal authorized user", "pause", 60, True),
        ("auth", "535 Error: authentication failed", "pause", 60, True),
        ("auth", "454 4.7.0 temporary failure", "pause", 10, False),
        ("greeting", "421 4.3.2 closing", "pause", 5, False),
        ("rcpt", "550 5.1.1 User unknown", "held", 0, False),
        ("rcpt", "550-5.1.1 User unknown\r\n550-5.1.1 in\r\n550 5.1.1 many lines", "held", 0, False),
        ("rcpt", "450 4.2.1 mailbox busy", "later", 5, False),
        ("data", "451 4.3.0 try later", "later", 5, False),
        ("data", "554 no", "held", 0, False),
    ]

    def test_each_refusal_does_what_its_row_says(self):
        for step, reply, what, minutes, told in self.CASES:
            with self.subTest(step=step, reply=reply):
                self.office = Office(PROGRAM)
                self.addCleanup(self.office.close)
                server = self.serve()
                server.script[step] = [reply]
                done = self.office.once()
                self.assertEqual(done.returncode, 3 if told else 0, done.stdout + done.stderr)
                self.assertEqual(server.mails, [])
                first = reply.split("\r\n")[0].replace("-", " ", 1)
                if what == "pause":
                    self.one_letter("pending")
                    pause = self.office.pause()
                    self.assertEqual(pause["until"] - pause["since"], minutes * 60)
                    self.assertEqual(pause["tell_staff"], int(told))
                    self.assertTrue(pause["answer"].startswith(first[:20]), pause)
                    if told:
                        self.assertIn("release outbox", done.stderr)
                    # Too early nothing is tried; then the letter leaves.
                    connections = server.connections
                    self.office.once("2022-10-24T18:00:30+08:00")
                    self.assertEqual(server.connections, connections)
                    self.sends(TOMORROW)
                    self.assertEqual(len(server.mails), 1)
                    self.assertIsNone(self.office.pause())
                elif what == "later":
                    letter = self.one_letter("pending")
                    self.assertEqual(letter["not_before"] - 1666605600, minutes * 60)
                    self.assertEqual(letter["attempts"], 1)
                    self.assertTrue(letter["last_answer"].startswith(first[:20]), letter)
                    self.sends(LATER)
                    self.assertEqual(len(server.mails), 1)
                else:
                    letter = self.one_letter("held")
                    self.assertTrue(letter["last_answer"].startswith(first[:20]), letter)
                    self.assertTrue(letter["gate_reason"])
                    self.sends(TOMORROW)
                    self.assertEqual(server.mails, [])

    def test_a_refused_address_is_not_written_to_again_before_staff_release_it(self):
        server = self.serve()
        server.script["rcpt"] = ["550 5.1.1 User unknown"]
        self.sends()
        self.office.deliver(2, make_mail(2, subject="朝阳区教育局补充材料"))
        self.sends(LATER)
        self.assertEqual(server.mails, [])
        self.assertEqual([letter["state"] for letter in self.office.letters()], ["held", "held"])

    def test_a_letter_that_is_never_taken_is_held_in_the_end(self):
        server = self.serve()
        server.script["rcpt"] = ["450 4.2.1 busy"] * 50
        self.sends()
        self.one_letter("pending")
        self.sends(WEEKS_LATER)
        letter = self.one_letter("held")
        self.assertIn("仍未发出", letter["gate_reason"])
        self.assertEqual(server.mails, [])

    def test_a_wrong_code_stands_in_no_message(self):
        server = self.serve()
        self.office.write("code", "another-secret\n")
        done = self.office.once()
        self.assertEqual(done.returncode, 3)
        self.assertIn("授权码", done.stderr)
        for text in (done.stdout, done.stderr, str(self.office.rows("SELECT * FROM audit")), str(self.office.pause())):
            self.assertNotIn("another-secret", text)
        self.assertEqual(server.users, [])
        # While the pause lasts it is said each time, and nothing is tried.
        again = self.office.once("2022-10-24T18:10:00+08:00")
        self.assertEqual(again.returncode, 3)
        self.assertEqual(server.connections, 1)


class Faults(SmtpTest):
    def test_the_connection_drops_before_the_end_of_data(self):
        for step in ("greeting", "ehlo", "auth", "mail", "rcpt", "data"):
            with self.subTest(step=step):
                self.office = Office(PROGRAM)
                self.addCleanup(self.office.close)
                server = self.serve()
                server.script[step] = [DROP]
                done = self.office.once()
                self.assertIn(done.returncode, (0, 3), done.stderr)
                self.surely_not_sent_then_sent(server)

    def test_the_server_leaves_in_the_middle_of_the_data(self):
        # Whether that is noticed before the end mark is written is a matter of microseconds. Noticed,
        # the letter surely did not leave; else people are asked. It never leaves twice.
        for goodbye in (DROP, "421 4.3.2 closing"):
            with self.subTest(goodbye=goodbye):
                self.office = Office(PROGRAM)
                self.addCleanup(self.office.close)
                server = self.serve()
                server.script["body"] = [goodbye]
                self.sends()
                self.assertEqual(server.mails, [])
                state = self.office.letters()[0]["state"]
                self.assertIn(state, ("pending", "held"))
                self.sends(TOMORROW)
                self.assertEqual(len(server.mails), 1 if state == "pending" else 0)

    def test_a_server_that_refuses_ehlo_and_hangs_up(self):
        server = self.serve()
        server.script["ehlo"] = ["421 4.3.2 closing", DROP]
        self.sends()
        self.assertTrue(self.office.pause()["answer"].startswith("421"))
        self.surely_not_sent_then_sent(server)

    def test_the_answer_is_lost_and_nobody_can_tell(self):
        server = self.serve()
        server.script["end"] = [TAKE]
        self.sends()
        letter = self.one_letter("held")
        self.assertIn("人工核实", letter["gate_reason"])
        self.assertEqual(len(server.mails), 1)
        self.sends(TOMORROW)
        self.sends(WEEKS_LATER)
        self.assertEqual(len(server.mails), 1, "sent a second time")

    def test_the_connection_drops_right_after_the_end_of_data(self):
        # The server did not take it; nobody can know that from here.
        server = self.serve()
        server.script["end"] = [DROP]
        self.sends()
        self.one_letter("held")
        self.sends(TOMORROW)
        self.assertEqual(server.mails, [])

    def test_the_answer_is_late(self):
        server = self.serve()
        server.script["end"] = [LATE]
        self.sends()
        self.one_letter("sent")
        self.assertEqual(len(server.mails), 1)

    def test_the_answer_never_comes(self):
        server = self.serve()
        self.office.set("outbox.timeout", "1s")
        server.script["end"] = [HANG]
        self.sends()
        self.one_letter("held")

    def test_the_server_stalls_before_the_end(self):
        for step in ("auth", "mail", "rcpt", "data"):
            with self.subTest(step=step):
                self.office = Office(PROGRAM)
                self.addCleanup(self.office.close)
                server = self.serve()
                self.office.set("outbox.timeout", "1s")
                server.script[step] = [HANG]
                done = self.office.once()
                self.assertIn("没有答复", done.stderr + self.office.letters()[0]["gate_reason"])
                self.surely_not_sent_then_sent(server)

    def test_a_reply_that_is_no_reply(self):
        for step, noise in [("mail", b"\x00\xff\xfe garbage\r\n"), ("rcpt", b"250-one\r\n550 two\r\n"),
                            ("mail", b"250-a\r\n" * 300 + b"250 b\r\n"), ("rcpt", b"x" * 200000),
                            ("data", b"250 what?\r\n"), ("auth", b"\r\n\r\n")]:
            with self.subTest(step=step, noise=noise[:20]):
                self.office = Office(PROGRAM)
                self.addCleanup(self.office.close)
                server = self.serve()
                server.script[step] = [noise]
                self.assertIn(self.office.once().returncode, (0, 3))
                self.surely_not_sent_then_sent(server)

    def test_noise_after_the_end_of_data_is_no_answer(self):
        server = self.serve()
        server.script["end"] = [b"what a nice letter\r\n"]
        self.sends()
        self.one_letter("held")
        self.sends(TOMORROW)
        self.assertEqual(len(server.mails), 1)

    def test_a_long_but_right_reply(self):
        server = self.serve()
        server.script["mail"] = ["\r\n".join(["250-x"] * 199 + ["250 ok"])]
        self.sends()
        self.assertEqual(len(server.mails), 1)

    def test_a_server_that_is_away(self):
        server = self.serve()
        server.stop()
        # Held without listening, so that no other program takes the port meanwhile.
        with socket.socket() as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(("127.0.0.1", server.port))
            done = self.office.once()
        self.assertEqual(done.returncode, 3)
        self.assertIn("连接不上", done.stderr)
        letter = self.one_letter("pending")
        self.assertEqual(letter["attempts"], 0)


class Tls(SmtpTest):
    def test_a_certificate_of_another_name(self):
        server = self.serve(cert=self.other_cert, key=self.other_key)
        self.office.set("outbox.ca_file", self.other_cert)
        done = self.office.once()
        self.assertEqual(done.returncode, 3)
        self.assertIn("证书", done.stderr)
        self.assertEqual((server.mails, server.users), ([], []))
        self.one_letter("pending")

    def test_a_certificate_of_nobody(self):
        for tls in ("smtps", "starttls"):
            with self.subTest(tls=tls):
                server = self.serve(tls)
                self.office.set("outbox.ca_file", self.other_cert)
                done = self.office.once()
                self.assertEqual(done.returncode, 3)
                self.assertIn("证书", done.stderr)
                self.assertEqual((server.mails, server.users), ([], []))

    def test_words_slipped_in_before_tls_are_not_believed(self):
        # What comes behind the 220 in the same packet was never encrypted.
        server = self.serve("starttls")
        server.script["starttls"] = [b"220 go ahead\r\n250-evil\r\n250 AUTH PLAIN\r\n"]
        done = self.office.once()
        self.assertEqual(done.returncode, 3)
        self.assertEqual((server.mails, server.users), ([], []))
        self.one_letter("pending")

    def test_a_refused_starttls_gives_no_password_away(self):
        server = self.serve("starttls", offers="")
        server.script["starttls"] = ["454 4.7.0 TLS not available"]
        done = self.office.once()
        self.assertEqual(done.returncode, 3)
        self.assertEqual((server.mails, server.users), ([], []))
        self.assertNotIn("AUTH", server.commands)


if __name__ == "__main__":
    unittest.main()
