#!/usr/bin/python3
"""The service against an IMAP server that errs, one case a fault: it stays, keeps no half mail, does
not come again and again, says in one line what happened and when it tries again; and once the
server is well, every mail is there whole.  usage: imap_faults_test.py PROGRAM"""
import glob
import os
import re
import unittest

import imap_fault_scripts as faults
from imap_fault_scripts import At, Each
from imap_faults import FIRST_UID, Mail, Script, make_certificate
from imap_office import SECRET, Office, make_mail


class Case:
    """`says`: the line about the trouble; None: there is none and every mail comes at once.
    `unreadable`: one mail is reported, the others come. `least`: seconds until the next try."""

    def __init__(self, script, says=None, unreadable=False, least=25, logins=1, heard=0):
        self.script, self.says, self.unreadable = script, says, unreadable
        self.least, self.logins, self.heard = least, logins, heard


SLOW = "没有回应|应答太慢|超时"
LOST = "中断|关闭了连接|断开|连接不上"
ODD = "不合规范|" + LOST

CASES = {
    # 126.com
    "healthy": Case(Script),
    "unsafe_login_though_id_was_sent": Case(faults.UnsafeAlways, "登录不安全.*Unsafe Login", least=890),
    "unsafe_login_once": Case(faults.UnsafeOnce, "登录不安全", least=890),
    "unsafe_login_as_bye": Case(faults.UnsafeBye, "登录不安全", least=890),
    "too_many_connections": Case(faults.TooManyConnections, "过多", least=890, logins=0),
    "too_many_logins": Case(faults.TooManyLogins, "过多", least=890),
    "login_no": Case(faults.LoginNo, "拒绝了登录.*授权码", least=1790),
    "login_no_in_gbk": Case(faults.LoginNoInGbk, "拒绝了登录", least=1790),
    "login_unavailable": Case(faults.LoginUnavailable, "拒绝了登录.*Temporary"),
    "fetch_throttled": Case(faults.FetchThrottled, "过多", least=890),
    # Stalls and trickles
    **{"stall_at_" + step: Case(lambda step=step: At(step, faults.stall), SLOW, logins=3)
       for step in ("tls", "greeting", "capability", "login", "id", "examine", "listing", "literal")},
    "trickle_at_tls": Case(lambda: At("tls", faults.trickle_tls), SLOW, logins=0),
    **{"trickle_at_" + step: Case(lambda step=step: At(step, faults.trickle), SLOW, logins=3)
       for step in ("greeting", "capability", "login", "examine", "listing", "literal")},
    # Breaks
    **{"fin_at_" + step: Case(lambda step=step: At(step, faults.finish), LOST, logins=3)
       for step in ("tls", "greeting", "login", "examine", "listing", "literal")},
    **{"rst_at_" + step: Case(lambda step=step: At(step, faults.reset), LOST, logins=3)
       for step in ("tls", "greeting", "login", "examine", "listing", "literal")},
    **{"bye_at_" + step: Case(lambda step=step: At(step, faults.bye), LOST, logins=3)
       for step in ("greeting", "login", "examine", "listing")},
    # What is no IMAP
    "no_imap_server": Case(lambda: At("greeting", faults.no_imap), LOST, logins=0),
    "greeting_no": Case(lambda: At("greeting", faults.greeting_no), "不像邮件服务器", logins=0),
    "foreign_tag_at_examine": Case(lambda: At("examine", faults.foreign_tag), "标签不符"),
    "foreign_tag_at_listing": Case(lambda: At("listing", faults.foreign_tag), "标签不符"),
    "junk_before_the_first_answer": Case(lambda: At("login", faults.foreign_tag)),
    "endless_line_at_login": Case(lambda: At("login", faults.endless_line), "过长"),
    "endless_line_at_listing": Case(lambda: At("listing", faults.endless_line), "过长"),
    "alerts": Case(lambda: At("listing", faults.alerts)),
    "alerts_at_login": Case(lambda: At("login", faults.alerts)),
    "untagged_200000": Case(lambda: At("listing", faults.untagged(200_000))),
    "untagged_250000": Case(lambda: At("listing", faults.untagged(250_000))),
    "untagged_250001": Case(lambda: At("listing", faults.untagged(250_001)), "无关的行过多"),
    # Bodies
    "literal_longer_than_said": Case(lambda: Each(faults.announced(lambda n: n - 10)), unreadable=True, logins=3),
    "literal_shorter_than_said": Case(lambda: Each(faults.announced(lambda n: n + 10)), unreadable=True, logins=3),
    "literal_of_0": Case(lambda: Each(faults.announced(0)), unreadable=True, logins=3),
    "literal_negative": Case(lambda: Each(faults.announced(-5)), unreadable=True, logins=3),
    "literal_huge": Case(lambda: Each(faults.announced(1 << 62)), unreadable=True, logins=3),
    "literal_beyond_numbers": Case(lambda: Each(faults.announced("9" * 40)), unreadable=True, logins=3),
    "uid_after_the_literal": Case(lambda: Each(faults.uid_after)),
    "no_uid": Case(lambda: Each(faults.no_uid), unreadable=True),
    "other_uid": Case(lambda: Each(faults.other_uid), unreadable=True),
    "two_literals": Case(lambda: Each(faults.two_literals), unreadable=True, logins=3),
    "each_body_twice": Case(lambda: Each(faults.twice)),
    "byte_at_a_time": Case(lambda: Each(faults.byte_at_a_time)),
    "quoted_body": Case(lambda: Each(faults.quoted)),
    "body_nil": Case(lambda: Each(faults.nil), unreadable=True),
    "no_for_one_mail": Case(faults.NoForOne, unreadable=True),
    "bad_for_all_mails": Case(faults.NoForAll, unreadable=True),
    "breaks_at_one_mail": Case(faults.BreaksAtOne, unreadable=True, logins=3),
    "backwards": Case(faults.Backwards),
    "new_validity_while_fetching": Case(faults.NewValidity, logins=2),
}


class Faults(Office):
    """One test for each row of the table."""

    def play(self, case):
        self.server.script = case.script()
        service = self.service()
        trouble = "收信.*未成功"
        if case.says:
            self.wait_for(lambda: service.lines(trouble), service)
        elif case.unreadable:
            self.wait_for(lambda: service.lines("待人工查看：.*取不到"), service)
        else:
            self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        said = service.lines(trouble)
        if case.says:
            self.assertEqual(len(said), 1, service.said)
            self.assertRegex(said[0], case.says)
            self.assertGreaterEqual(self.seconds_until_retry(said[0]), case.least - 5, said[0])
        self.assertEqual(service.stop(), 0, service.said)
        if not case.says:
            self.assertEqual(service.lines(trouble), [])
        self.assertFalse(service.lines("内部错误"))
        self.assertNotIn(SECRET, " ".join(service.said))
        # Not again and again: an account that logs in too often is locked.
        self.assertLessEqual(len(self.server.logins), case.logins)
        self.assertLessEqual(self.server.connections, max(1, case.logins))
        self.assertEqual(glob.glob(self.dir + "/state/archive/tmp/*"), [])
        kept = self.archived()
        if case.unreadable:
            self.assertGreaterEqual(len(kept), 3 if case.script is not faults.NoForAll else 0)
        self.heals()


for name, one in CASES.items():
    setattr(Faults, "test_" + name, lambda self, one=one: self.play(one))


class Ways(Office):
    """What takes more than one step."""

    def polling(self, **changed):
        service = self.service(mailbox_poll="1s", **changed)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        return service

    def more(self, uid, number):
        self.mails.append(make_mail(number, 3000))
        self.server.mails.append(Mail(uid, self.mails[-1]))

    def quiet_end(self, service):
        self.assertEqual(service.stop(), 0, service.said)
        self.assertEqual(service.lines("未成功|取不到|错误"), [])

    def test_id_comes_before_examine_and_idle_never(self):
        service = self.polling()
        self.wait_for(lambda: self.server.commands.count("EXAMINE") > 2, service)
        self.quiet_end(service)
        self.assertEqual(self.server.commands[:4], ["CAPABILITY", "LOGIN", "ID", "EXAMINE"])
        self.assertEqual(self.server.commands[-1], "LOGOUT")
        for command in ("IDLE", "DONE", "STORE", "SELECT", "UID STORE", "EXPUNGE", "CLOSE"):
            self.assertNotIn(command, self.server.commands)
        self.assertEqual(self.server.connections, 1)

    def test_a_server_that_hangs_up_between_two_looks_is_not_spoken_of(self):
        class Leaves(Script):
            leaving = True

            def listing(self, s, tag, chosen):
                super().listing(s, tag, chosen)
                if self.leaving and s.server.commands.count("EXAMINE") > 1:
                    raise faults.Hangup()

        self.server.script = Leaves()
        service = self.polling()
        self.wait_for(lambda: self.server.connections >= 4, service)
        self.server.script.leaving = False
        self.more(FIRST_UID + 500, 50)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.quiet_end(service)
        self.assertEqual(self.server.most_at_once, 1)

    def test_uidvalidity_changes_between_two_looks(self):
        service = self.polling()
        script = Script()
        script.validity = 2
        self.server.script = script
        self.server.mails = [Mail(100 + n, body) for n, body in enumerate(self.mails)]
        self.more(50, 51)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.quiet_end(service)

    def test_uidvalidity_changes_between_two_runs(self):
        self.assertEqual(self.once().returncode, 0)
        script = Script()
        script.validity = 2
        self.server.script = script
        self.server.mails = [Mail(100 + n, body) for n, body in enumerate(self.mails)]
        self.more(50, 51)
        done = self.once()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("收到新邮件1封（另有4封", done.stdout)
        self.assertEqual(self.archived(), set(self.mails))

    def test_a_uid_that_was_given_to_another_mail(self):
        service = self.polling()
        gone = self.server.mails.pop()
        self.more(gone.uid, 52)
        self.server.mails[-1].when += 60
        self.server.mails.remove(self.server.mails[0])
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.quiet_end(service)

    def test_a_mailbox_that_shrinks(self):
        service = self.polling()
        del self.server.mails[0:3]
        self.server.forget()
        self.wait_for(lambda: self.server.commands.count("EXAMINE") > 2, service)
        self.more(FIRST_UID + 500, 53)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.quiet_end(service)

    def test_mails_that_go_while_they_are_fetched(self):
        for script in (faults.Expunged(), faults.Shrinks()):
            self.setUp()
            with self.subTest(type(script).__name__):
                self.server.script = script
                done = self.once()
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertNotIn("待人工查看", done.stdout)
                self.assertEqual(self.archived(), {mail.body for mail in self.server.mails})

    def test_a_listing_of_40000(self):
        self.server.mails = [Mail(FIRST_UID + n, self.mails[n % 4]) for n in range(40_000)]
        service = self.service(mailbox_timeout="30s")
        self.wait_for(lambda: len(self.archived()) == 4, service)
        with open("/proc/%d/status" % service.process.pid) as status:
            peak = int(re.search(r"VmHWM:\s*(\d+) kB", status.read()).group(1))
        self.assertEqual(service.stop(), 0)
        self.assertEqual(service.lines("未成功"), [])
        print("40,000 UIDs: peak %d MiB" % (peak // 1024))

    def test_many_refusals_are_the_servers_trouble(self):
        self.server.mails = [Mail(FIRST_UID + n, make_mail(100 + n, 300)) for n in range(30)]
        self.server.script = faults.NoForAll()
        service = self.service()
        self.wait_for(lambda: service.lines("收信.*未成功.*接连拒绝读取邮件.*再试"), service)
        self.assertEqual(service.stop(), 0)
        self.assertLessEqual(len(self.server.commands), 40)
        self.heals()

    def test_wrong_places(self):
        long_name = "imaps://" + "a" * 64 + ".example"
        for url, says in ((long_name, "找不到服务器"), ("imaps://localhost:1", "连接不上"),
                          ("imaps://127.0.0.1:%d" % self.server.port, "证书不是发给这个服务器名的")):
            with self.subTest(url):
                service = self.service(mailbox_url=url)
                self.wait_for(lambda: service.lines("收信.*未成功.*再试"), service)
                self.assertTrue(service.lines(says), service.said)
                self.assertEqual(service.stop(), 0)

    def test_certificates(self):
        expired = make_certificate(os.path.join(self.dir, "expired"), start="20200101000000Z",
                                   end="20200201000000Z")
        for certificate, trusted, says in ((expired, expired, "证书已过期"),
                                           (self.certificate, expired, "不受信任")):
            with self.subTest(says):
                self.server.use(certificate)
                service = self.service(mailbox_ca_file=trusted[0])
                self.wait_for(lambda: service.lines("收信.*未成功.*再试"), service)
                self.assertTrue(service.lines(says), service.said)
                self.assertEqual(service.stop(), 0)
                self.assertEqual(self.server.logins, [])
        self.server.use(self.certificate)
        self.heals()


class Plain(Office):
    """Without TLS from the start, as only a server on this machine may be spoken to."""
    PLAIN = True

    def test_starttls_is_used(self):
        self.server.script = faults.StartTls()
        done = self.once()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("STARTTLS", self.server.commands)
        self.assertEqual(self.archived(), set(self.mails))

    def test_starttls_injection(self):
        self.server.script = faults.Injected()
        done = self.once()
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(self.archived(), set())
        self.assertEqual(self.server.logins, [])
        self.heals()


if __name__ == "__main__":
    unittest.main()
