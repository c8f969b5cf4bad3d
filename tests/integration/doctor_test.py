#!/usr/bin/python3
"""What `baosong doctor` says of healthy, throttled and misconfigured servers.  usage: doctor_test.py PROGRAM"""
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from dovecot import Dovecot, free_port
from talker import imap_server, make_certificate, smtp_server

PROGRAM = os.path.abspath(sys.argv.pop(1))
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OFFICE = "jlqmxx@126.com"  # the mailbox of the shipped notice
CODE = "QWERTYUIOPASDFGH"
DONE, MEND, WORLD = 0, 1, 3


class Doctor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        os.chmod(cls.dir.name, 0o755)
        cls.pem = make_certificate(cls.dir.name)
        cls.servers = []

    @classmethod
    def tearDownClass(cls):
        cls.dir.cleanup()

    def setUp(self):
        self.state = tempfile.mkdtemp(dir=self.dir.name)
        self.code = os.path.join(self.state, "code")
        self.write_code(CODE)

    def write_code(self, code, mode=0o600):
        with open(self.code, "w") as file:
            file.write(code + "\n")
        os.chmod(self.code, mode)

    def served(self, server):
        self.addCleanup(server.stop)
        return server

    def ask(self, imap=None, smtp=None, code_place=None, env=None, **changed):
        settings = {"state": os.path.join(self.state, "state"),
                    "mailbox.url": "imaps://localhost:%d" % (imap or self.served(imap_server(self.pem))).port,
                    "outbox.url": "smtps://localhost:%d" % (smtp or self.served(smtp_server(self.pem))).port}
        for side in ("mailbox", "outbox"):
            settings.update({side + ".user": OFFICE, side + ".ca_file": self.pem,
                             side + ".password_file": code_place or self.code})
        settings.update({key.replace("_", ".", 1): value for key, value in changed.items()})
        command = [PROGRAM, "doctor"]
        for key, value in settings.items():
            command += ["--set", "%s=%s" % (key, value)]
        os.makedirs(settings["state"], mode=0o700, exist_ok=True)
        run = lambda *more: subprocess.run(command + list(more), capture_output=True, text=True, timeout=200,
                                           env={**os.environ, **(env or {})})
        done = run("--json")
        self.assertNotIn(CODE, done.stdout + done.stderr)
        self.lines = {line["check"]: line for line in map(json.loads, done.stdout.splitlines())}
        self.status = done.returncode
        self.text = lambda: run().stdout
        return self.lines

    def health(self, *checks):
        return [self.lines[check]["health"] for check in checks]

    def expect(self, check, health, says, todo=None):
        line = self.lines[check]
        self.assertEqual(line["health"], health, line)
        self.assertRegex(line["says"], says)
        if health != "well":
            self.assertTrue(line["todo"], line)
        if todo:
            self.assertRegex(line["todo"], todo)

    def others_are_well(self, *but):
        bad = {c: l for c, l in self.lines.items() if c not in but and l["health"] != "well"}
        self.assertEqual(bad, {})

    # ---- Healthy ----

    def test_a_healthy_dovecot(self):
        room = tempfile.mkdtemp(dir=self.dir.name)
        os.chmod(room, 0o755)
        server = self.served(Dovecot(room))
        for number in range(3):
            server.put("%d.demo" % number, b"Subject: x\r\n\r\nx\r\n", 1666598400 + number)
        self.write_code("code")
        self.ask(imap=server, mailbox_ca_file=server.ca)
        self.assertEqual(self.status, DONE, self.lines)
        self.others_are_well()
        self.expect("mailbox.folder", "well", "3封")
        self.expect("mailbox.clock", "well", "2022-10-24T16:00:02")
        self.expect("mailbox.certificate", "well", r"有效期至 \d{4}-\d\d-\d\d（还有[12]天）")
        # It looks only: nothing became old or read.
        self.assertEqual(sorted(os.listdir(server.mail + "/new") + os.listdir(server.mail + "/cur"))[0][:6], "0.demo")
        text = self.text()
        self.assertEqual(len(re.findall("^正常  ", text, re.M)), len(self.lines))
        self.assertTrue(text.endswith("一切正常，共检查%d项。\n" % len(self.lines)), text)

    def test_a_healthy_coremail_gets_id_before_examine_and_no_letter(self):
        imap, smtp = self.served(imap_server(self.pem)), self.served(smtp_server(self.pem))
        self.ask(imap, smtp)
        self.assertEqual(self.status, DONE, self.lines)
        said = [line.split(" ")[1] for line in imap.heard]
        self.assertLess(said.index("ID"), said.index("EXAMINE"))
        self.assertNotIn("SELECT", said)
        commands = [line.split(" ")[0] for line in smtp.heard]
        self.assertIn("MAIL FROM:<%s>" % OFFICE, smtp.heard)
        self.assertFalse({"RCPT", "DATA"} & set(commands), commands)
        self.assertEqual(commands[-2:], ["RSET", "QUIT"])

    def test_a_server_that_does_not_know_id_is_well(self):
        self.ask(imap=self.served(imap_server(self.pem, id="BAD unknown command")))
        self.assertEqual(self.status, DONE, self.lines)

    def test_a_further_mailbox_is_looked_at_by_itself(self):
        first = self.served(imap_server(self.pem))
        second = self.served(imap_server(self.pem, login="NO LOGIN Login error or password error"))
        config = os.path.join(self.state, "config")
        shutil.copytree(os.path.join(SOURCE, "config"), config)
        with open(os.path.join(config, "baosong.toml"), "a", encoding="utf-8") as file:
            file.write('[mailboxes.second]\nurl = "imaps://localhost:%d"\nuser = "demo@163.com"\n'
                       'password_file = "%s"\nca_file = "%s"\n' % (second.port, self.code, self.pem))
        done = subprocess.run([PROGRAM, "doctor", "--json", "--config", config,
                               "--set", "state=" + os.path.join(self.state, "state"),
                               "--set", "mailbox.url=imaps://localhost:%d" % first.port,
                               "--set", "mailbox.user=" + OFFICE, "--set", "mailbox.ca_file=" + self.pem,
                               "--set", "mailbox.password_file=" + self.code],
                              capture_output=True, text=True, timeout=200)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        login = {line.get("mailbox", ""): line["health"] for line in lines if line["check"] == "mailbox.login"}
        self.assertEqual(login, {"": "well", "second": "fault"})
        self.assertEqual(done.returncode, MEND)

    # ---- Throttled ----

    def test_unsafe_login_after_id_is_throttling_and_no_wrong_code(self):
        for answer in ("NO EXAMINE Unsafe Login. Please contact kefu@188.com for help", "* BYE Unsafe Login"):
            self.ask(imap=self.served(imap_server(self.pem, examine=answer)))
            self.assertEqual(self.status, WORLD, self.lines)
            self.expect("mailbox.folder", "world", "暂时限制登录", "分钟.*不要反复重试")
            self.others_are_well("mailbox.folder", "mailbox.clock")
            self.expect_skipped("mailbox.clock", "打开邮箱")

    def expect_skipped(self, check, first):
        self.assertEqual(self.lines[check]["health"], "skipped")
        self.assertIn(first, self.lines[check]["says"])

    def test_throttled_at_the_login(self):
        self.ask(imap=self.served(imap_server(self.pem, login="NO LOGIN Login error too many connections")),
                 smtp=self.served(smtp_server(self.pem, auth="421 HL:ICC too many sessions")))
        self.assertEqual(self.status, WORLD, self.lines)
        self.expect("mailbox.login", "world", "频繁", "不要反复重试")
        self.expect("outbox.login", "world", "限制|频繁", "不要反复重试")
        self.assertEqual(self.health("mailbox.id", "mailbox.folder", "outbox.sender"), ["skipped"] * 3)

    # ---- Misconfigured ----

    def test_a_wrong_code(self):
        self.ask(imap=self.served(imap_server(self.pem, login="NO LOGIN Login error or password error")),
                 smtp=self.served(smtp_server(self.pem, auth="535 Error: authentication failed")))
        self.assertEqual(self.status, MEND)
        for check in ("mailbox.login", "outbox.login"):
            self.expect(check, "fault", "授权码不对", "网页邮箱 → 设置 → POP3/SMTP/IMAP.*新增授权密码")
        self.expect_skipped("mailbox.folder", "表明身份")

    def test_a_wrong_code_at_dovecot(self):
        room = tempfile.mkdtemp(dir=self.dir.name)
        os.chmod(room, 0o755)
        server = self.served(Dovecot(room))
        self.ask(imap=server, mailbox_ca_file=server.ca)
        self.assertEqual(self.status, MEND)
        self.expect("mailbox.login", "fault", "授权码不对", "授权密码")

    def test_imap_is_not_switched_on(self):
        self.ask(imap=self.served(imap_server(self.pem, login="NO LOGIN IMAP service is not enabled")),
                 smtp=self.served(smtp_server(self.pem, auth="550 User has no permission")))
        self.assertEqual(self.status, MEND)
        for check in ("mailbox.login", "outbox.login"):
            self.expect(check, "fault", "没有开启", "开启“IMAP/SMTP服务”")

    def test_a_wrong_host(self):
        self.ask(mailbox_url="imaps://no-such-host.invalid:993")
        self.assertEqual(self.status, WORLD)
        self.expect("mailbox.name", "world", "找不到服务器 no-such-host.invalid", "核对 mailbox.url.*getent hosts")
        self.expect_skipped("mailbox.port", "收信服务器")
        self.expect_skipped("mailbox.login", "收信加密")
        self.assertEqual(self.health("outbox.login", "outbox.sender"), ["well", "well"])

    def test_a_port_that_nobody_listens_on(self):
        self.ask(mailbox_url="imaps://localhost:%d" % free_port())
        self.assertEqual(self.status, WORLD)
        self.expect("mailbox.port", "world", "没有开这个端口", "imaps://imap.126.com:993")

    def test_a_port_of_another_service(self):
        smtp = self.served(smtp_server(self.pem))
        self.ask(smtp=smtp, mailbox_url="imaps://localhost:%d" % smtp.port)
        self.expect("mailbox.certificate", "world", "没有按邮件协议", "核对 mailbox.url")
        self.assertEqual(self.status, WORLD)

    def test_a_port_without_encryption(self):
        import socket
        import threading
        plain = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(plain.close)

        def greet():
            while True:
                try:
                    connection, _ = plain.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(b"* OK IMAP4rev1 ready\r\n")
                    connection.recv(100)

        threading.Thread(target=greet, daemon=True).start()
        self.ask(mailbox_url="imaps://localhost:%d" % plain.getsockname()[1])
        self.assertEqual(self.status, MEND)
        self.expect("mailbox.certificate", "fault", "加密连接建立不起来", "不是加密端口")

    def test_certificates_that_are_refused(self):
        expired = make_certificate(self.dir.name, expired=True)
        other = make_certificate(self.dir.name, name="other.example")
        for pem, trusted, says in ((expired, expired, "已过期"), (self.pem, "/etc/ssl/certs/ca-certificates.crt", "受信任")):
            self.ask(imap=self.served(imap_server(pem)), mailbox_ca_file=trusted)
            self.assertEqual(self.status, MEND)
            self.expect("mailbox.certificate", "fault", says, "时间|ca_file")
            self.expect_skipped("mailbox.login", "收信加密")
        self.ask(imap=self.served(imap_server(other)), mailbox_ca_file=other)
        self.expect("mailbox.certificate", "fault", "不是发给这个地址", "服务器名")

    def test_a_sender_that_is_refused(self):
        self.ask(smtp=self.served(smtp_server(self.pem, mail="553 Mail from must equal authorized user")),
                 outbox_from="someone@example.com")
        self.assertEqual(self.status, MEND)
        self.expect("outbox.sender", "fault", "不接受这个发件地址.*553", "outbox.from 与 outbox.user 相同")
        self.others_are_well("outbox.sender")

    def test_a_folder_that_is_not_there(self):
        self.ask(imap=self.served(imap_server(self.pem, examine="NO [NONEXISTENT] no such mailbox")))
        self.assertEqual(self.status, MEND)
        self.expect("mailbox.folder", "fault", "打不开", "文件夹名")

    # ---- This machine ----

    def test_a_code_that_is_not_there_empty_or_open(self):
        os.remove(self.code)
        self.ask()
        self.assertEqual(self.status, MEND)
        self.expect("mailbox.code", "fault", "读不到授权码文件", "是否存在")
        self.expect_skipped("mailbox.login", "收信授权码")
        self.write_code("")
        self.ask()
        self.expect("outbox.code", "fault", "是空的", "第一行")
        self.write_code(CODE, 0o644)
        self.ask()
        self.assertEqual(self.status, MEND)
        self.expect("mailbox.code", "mind", "其他用户也能读到", "chmod 600")
        self.assertEqual(self.health("mailbox.login", "outbox.sender"), ["well", "well"])

    def test_a_code_from_the_service_manager(self):
        self.ask(code_place="credential:code", env={"CREDENTIALS_DIRECTORY": self.state})
        self.assertEqual(self.status, DONE, self.lines)

    def test_a_state_that_the_service_cannot_write(self):
        state = os.path.join(self.state, "state")
        os.makedirs(state)
        if os.getuid() == 0:
            # Root becomes whoever owns the state, and so sees what the service would see.
            os.chmod(self.state, 0o755)
            os.chown(state, 65534, 65534)
        os.chmod(state, 0o500)
        self.ask()
        self.assertEqual(self.status, MEND, self.lines)
        self.expect("state", "fault", "没有权限", "属主和权限")
        if os.getuid() == 0:
            self.expect("mailbox.code", "fault", "读不到", "有权读取")

    def test_who_uses_the_state(self):
        state = os.path.join(self.state, "state")
        os.makedirs(state, mode=0o700)
        with open(os.path.join(state, "lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.ask()
            self.expect("lock", "mind", "进程 %d 使用" % os.getpid(), "ps -fp %d" % os.getpid())
        self.ask()
        self.expect("lock", "well", "没有程序")

    def test_a_damaged_store(self):
        state = os.path.join(self.state, "state")
        os.makedirs(state, mode=0o700)
        with open(os.path.join(state, "baosong.sqlite"), "wb") as file:
            file.write(b"SQLite format 3\0" + b"\xff" * 5000)
        self.ask()
        self.assertEqual(self.status, MEND)
        self.expect("store", "fault", "损坏", "备查")

    def test_a_clock_that_runs_behind(self):
        imap = self.served(imap_server(self.pem))
        self.ask(imap)
        command = [PROGRAM, "doctor", "--json", "--now", "2022-10-24T12:00:00+08:00"]
        for key, value in (("mailbox.url", "imaps://localhost:%d" % imap.port), ("mailbox.user", OFFICE),
                           ("mailbox.ca_file", self.pem), ("mailbox.password_file", self.code),
                           ("state", os.path.join(self.state, "state"))):
            command += ["--set", key + "=" + value]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200)
        self.lines = {line["check"]: line for line in map(json.loads, done.stdout.splitlines())}
        self.expect("mailbox.clock", "fault", "晚240分钟", "timedatectl")

    def test_a_faulty_configuration_keeps_the_rest_from_being_tried(self):
        self.ask(mailbox_poll="soon")
        self.assertEqual(self.status, MEND)
        self.expect("config", "fault", "第一处：.*soon", "config check")
        self.assertEqual({l["health"] for c, l in self.lines.items() if c not in ("config", "reader")} -
                         {"skipped"}, set())


if __name__ == "__main__":
    unittest.main()
