#!/usr/bin/python3
"""What staff decide by retry, release and set, with letters that a scripted SMTP server made trouble with.
usage: staff_test.py PROGRAM"""
import json
import os
import subprocess
import sys
import time
import unittest

from office import make_mail
from smtp_case import LATER, SmtpTest
from smtp_server import TAKE


class Staff(SmtpTest):
    """What staff decide, while nothing or a service runs."""

    def held(self):
        server = self.serve()
        server.script["end"] = [TAKE]
        self.sends()
        return server, "L%d" % self.one_letter("held")["id"]

    def decides(self, *words, status=0):
        done = self.office.call(*words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def audit(self, action):
        return self.office.rows("SELECT * FROM audit WHERE action = ?", action)

    def test_a_held_letter_is_sent_again_when_staff_say_so(self):
        server, letter = self.held()
        self.assertIn("两封", self.decides("release", letter, "--why", "对方说没有收到").stdout)
        self.sends(LATER)
        self.one_letter("sent")
        self.assertEqual(len(server.mails), 2)
        row = self.audit("release")[0]
        self.assertEqual((row["subject"], row["detail"]), (letter, "对方说没有收到"))
        self.assertTrue(row["actor"])
        self.decides("release", letter, status=2)

    def test_a_held_letter_did_arrive(self):
        server, letter = self.held()
        self.decides("release", letter, "--sent")
        self.one_letter("sent")
        self.sends(LATER)
        self.assertEqual(len(server.mails), 1)
        self.assertEqual(len(self.audit("release as sent")), 1)

    def test_a_held_letter_is_not_to_be_sent(self):
        server, letter = self.held()
        self.assertIn(letter, self.office.call("digest").stdout)
        self.decides("release", letter, "--drop")
        self.sends(LATER)
        self.assertEqual(len(server.mails), 1)
        self.assertNotIn(letter, self.office.call("digest").stdout)
        self.decides("retry", letter, status=2)

    def test_a_waiting_letter_is_tried_at_once(self):
        server = self.serve()
        server.script["rcpt"] = ["450 busy"]
        self.sends()
        letter = "L%d" % self.one_letter("pending")["id"]
        self.assertIn(letter, self.office.call("digest").stdout)
        self.decides("retry", letter)
        self.sends()
        self.assertEqual(len(server.mails), 1)

    def test_a_pause_is_ended(self):
        server = self.serve()
        server.script["greeting"] = ["554 HL:IHU"]
        self.assertEqual(self.office.once().returncode, 3)
        self.assertIn("outbox", self.office.call("digest").stdout)
        self.decides("release", "outbox")
        self.sends()
        self.assertEqual(len(server.mails), 1)
        self.decides("release", "outbox", status=2)

    def test_a_held_mail_is_dealt_with(self):
        self.serve()
        self.office.deliver(7, make_mail(7, "ask_demo@qq.com", "请问", text="请问照片要求多大？"))
        self.sends()
        mail = self.office.rows("SELECT mail FROM decision WHERE verdict = 'hold'")[0]["mail"]
        self.assertIn("M" + mail[:8], self.office.call("digest").stdout)
        self.decides("release", "M" + mail[:8])
        self.assertNotIn("M" + mail[:8], self.office.call("digest").stdout)
        self.assertEqual(self.audit("release")[0]["subject"], mail)
        self.decides("release", "M" + mail[:8], status=2)

    def test_a_quarantined_mail_is_read_again(self):
        self.serve()
        self.sends()
        mail = self.office.rows("SELECT sha256 FROM mail")[0]["sha256"]
        self.decides("retry", "M" + mail, status=2)
        self.office.change("UPDATE mail SET state = 'quarantined', trouble = 'x'")
        self.decides("retry", "M" + mail[:6])
        self.assertEqual(self.office.rows("SELECT state FROM mail")[0]["state"], "archived")

    def test_what_is_no_id_is_said(self):
        self.serve()
        self.sends()
        for words in (["release", "12"], ["release", "L"], ["release", "L0"], ["release", "Lx"], ["release", "M12"],
                      ["release", "Mzzzzzzzz"], ["release", "L99"], ["retry", "L99"], ["retry", "Mffffffff"],
                      ["retry", "outbox"], ["retry", "a@b.cn"], ["release", "a@b.cn"], ["release", "outbox", "--sent"],
                      ["release", "L1", "--sent", "--drop"], ["release", "L1"]):
            with self.subTest(words=words):
                done = self.decides(*words, status=2)
                self.assertTrue(done.stderr.startswith("错误："), done.stderr)

    def test_staff_set_how_an_item_stands(self):
        self.serve()
        self.sends()
        self.decides("set", "chaoyang", "cases", "set-by-staff", "--why", "已交纸质材料")
        status = json.loads(self.office.call("status", "--json", "--unit", "chaoyang").stdout)
        states = {item["id"]: item["state"] for item in status["units"][0]["items"]}
        self.assertEqual(states["cases"], "set-by-staff")
        row = self.audit("set set-by-staff")[0]
        self.assertEqual((row["subject"], row["detail"]), ("chaoyang/cases", "已交纸质材料"))
        self.decides("set", "chaoyang", "cases", "by-rules", "--why", "弄错了")
        status = json.loads(self.office.call("status", "--json", "--unit", "chaoyang").stdout)
        states = {item["id"]: item["state"] for item in status["units"][0]["items"]}
        self.assertNotEqual(states["cases"], "set-by-staff")

    def test_what_cannot_be_set_is_said(self):
        self.serve()
        self.sends()
        for words, hint in ((["chaoyan", "cases", "complete", "--why", "x"], "chaoyang"),
                            (["chaoyang", "case", "complete", "--why", "x"], "cases"),
                            (["chaoyang", "cases", "complet", "--why", "x"], "complete"),
                            (["chaoyang", "cases", "complete"], "--why"),
                            (["chaoyang", "cases", "complete", "--why", " "], "--why"),
                            (["chaoyang", "cases", "by-rules", "--why", "x"], "没有"),
                            (["chaoyang", "cases", "complete", "--why", "x\ny"], "一行")):
            with self.subTest(words=words):
                self.assertIn(hint, self.decides("set", *words, status=2).stderr)

    def test_before_anything_was_received_there_is_nothing_to_decide(self):
        self.serve()
        self.assertIn("台账", self.decides("release", "L1", status=2).stderr)
        self.assertFalse(os.path.exists(self.office.path("state")))

    def test_staff_decide_while_the_service_runs(self):
        server, letter = self.held()
        self.office.set("mailbox.poll", "1s")
        service = subprocess.Popen(self.office.arguments("run", now=None), stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
        self.addCleanup(service.stdout.close)
        self.addCleanup(service.wait)
        self.addCleanup(service.terminate)
        self.assertEqual(self.office.call("release", letter, now=None).returncode, 0)
        deadline = time.time() + 120
        while self.office.letters()[0]["state"] != "sent":
            self.assertLess(time.time(), deadline)
            self.assertIsNone(service.poll())
            time.sleep(0.2)
        self.assertEqual(len(server.mails), 2)


if __name__ == "__main__":
    unittest.main()
