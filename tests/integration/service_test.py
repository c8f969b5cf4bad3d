#!/usr/bin/python3
"""The service lives: ready, reloaded, stopped, watched.  usage: service_test.py PROGRAM [unittest arguments]"""
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

from service import Case, mail, wait_for
from stalling import IMAP_GREETING, IMAP_LITERAL, IMAP_LOGGED_IN, SMTP_STALLED, Stalling

Case.program = os.path.abspath(sys.argv.pop(1))
HERE = os.path.dirname(os.path.abspath(__file__))
CONFIG = os.path.join(HERE, "../../config")

class Life(Case):
    def test_it_is_ready_shows_that_it_lives_and_stops(self):
        service = self.service(watchdog=1).start()
        wait_for(lambda: len(service.systemd.lines("WATCHDOG=1")) >= 5, "signs of life")
        wait_for(lambda: [s for s in service.systemd.lines("STATUS=") if "正常" in s], "a status")
        service.deliver("1.demo", mail(1))
        service.wait_log("处理1封")
        self.assert_stops(service, "idle")
        self.assertIn("STOPPING=1", service.systemd.lines())

    def test_the_watchdog_hears_nothing_of_a_service_that_hangs(self):
        service = self.service(watchdog=1).start()
        wait_for(lambda: service.systemd.lines("WATCHDOG=1"), "a sign of life")
        service.process.send_signal(signal.SIGSTOP)
        before = len(service.systemd.lines("WATCHDOG=1"))
        with self.assertRaises(AssertionError):
            wait_for(lambda: len(service.systemd.lines("WATCHDOG=1")) > before + 1, "silence", 3)
        service.process.send_signal(signal.SIGCONT)
        wait_for(lambda: len(service.systemd.lines("WATCHDOG=1")) > before + 1, "signs of life again")

    def test_it_runs_without_systemd(self):
        service = self.service()
        service.start(ready=False)
        service.wait_log("服务已启动")
        self.assert_stops(service, "idle, nobody to notify")

    def test_under_the_journal_lines_carry_their_priority(self):
        service = self.service(environment={"JOURNAL_STREAM": "set by the wrapper"}, wrapper=(
            "/bin/sh", "-c", 'JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) exec "$@"', "sh")).start()
        self.assert_stops(service, "idle, in the journal")
        for line in service.log().splitlines():
            self.assertRegex(line, "^<[3-7]>[^0-9]")
        self.assertIn("<5>服务已启动", service.log())

    def test_a_store_of_another_version_is_read_anew_before_anything_comes_in(self):
        service = self.service(watchdog=1)
        for number in range(3):
            service.deliver("%d.demo" % number, mail(number))
        done = subprocess.run(service.arguments("run", "--once"), capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        letters = service.letters()
        with sqlite3.connect(os.path.join(service.state, "baosong.sqlite")) as store:
            for table, column in (("mail", "message"), ("document", "facts")):
                store.execute("UPDATE {0} SET {1} = CAST(substr({1}, 1, 4) || x'FFFF' || substr({1}, 7) AS BLOB) "
                              "WHERE {1} IS NOT NULL".format(table, column))
        store.close()
        service.deliver("new.demo", mail(9))
        service.start()
        service.wait_log("重新读取完成：处理邮件3封")
        service.wait_log("处理1封")
        log = service.log()
        self.assertLess(log.index("重新读取完成"), log.index("处理1封"))
        self.assertEqual(self.number(service, "SELECT count(*) FROM mail WHERE state = 'decided'"), 4)
        self.assertEqual(sorted(set(letters) - set(service.letters())), [])  # what was written stays
        self.assert_stops(service, "after a store was read anew")

    def test_a_second_instance_is_refused_and_names_the_first(self):
        service = self.service().start()
        second = subprocess.run(service.arguments("run"), capture_output=True, text=True, timeout=60)
        self.assertEqual(second.returncode, 3)
        self.assertIn("进程 %d" % service.process.pid, second.stderr)
        self.assert_stops(service, "after a second instance was refused")

    def test_a_faulty_config_at_the_start_ends_it_with_2(self):
        service = self.service({"service.metrics": "0.0.0.0:9464"})
        done = subprocess.run(service.arguments("run"), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("不是本机地址", done.stderr)


class Stopping(Case):
    def stalled_imap(self, script, situation):
        server = Stalling(script)
        self.addCleanup(server.close)
        code = os.path.join(self.room, "code")
        with open(code, "w") as file:
            file.write("code\n")
        os.chmod(code, 0o600)
        service = self.service({"mailbox.url": "imap://127.0.0.1:%d" % server.port, "mailbox.user": "office",
                                "mailbox.password_file": code}).start()
        self.assertTrue(server.arrived.wait(60), service.log())
        self.assert_stops(service, situation)

    def test_while_a_server_does_not_greet(self):
        self.stalled_imap([], "IMAP server silent before its greeting")

    def test_while_a_server_does_not_answer_capability(self):
        self.stalled_imap([IMAP_GREETING, None], "IMAP server silent after CAPABILITY")

    def test_while_a_server_does_not_answer_select(self):
        self.stalled_imap(IMAP_LOGGED_IN + [None], "IMAP server silent after EXAMINE")

    def test_in_the_middle_of_a_mail(self):
        self.stalled_imap(IMAP_LITERAL, "IMAP server silent inside a mail")

    def test_while_an_smtp_server_does_not_take_the_letter(self):
        server = Stalling(SMTP_STALLED)
        self.addCleanup(server.close)
        service = self.service({"outbox.url": "smtp://127.0.0.1:%d" % server.port, "outbox.from": "office@example.org",
                                "digest.at": "00:00", "digest.to": "staff@example.com"}).start()
        self.assertTrue(server.arrived.wait(60), service.log())
        self.assert_stops(service, "SMTP server silent after MAIL FROM")
        # It was not handed over, so it goes again.
        self.assertEqual(self.number(service, "SELECT count(*) FROM letter WHERE state IN ('pending', 'sending')"), 1)
        self.assertEqual(self.number(service, "SELECT max(handed) FROM letter"), 0)

    def test_while_receiving_and_nothing_is_half_done(self):
        self.stopped_within_a_turn("收到邮件", 600)

    def test_while_deciding_and_nothing_is_half_done(self):
        self.stopped_within_a_turn("单位未知", 250)

    def stopped_within_a_turn(self, step, count):
        service = self.service({"outbox.per_day": "0", "outbox.per_address_day": "0"})
        for number in range(count):
            service.deliver("%d.demo" % number, mail(number))
        service.start(ready=False)
        service.wait_log(step, 20)
        self.assert_stops(service, "in the middle of a turn over %d mails: %s" % (count, step))
        decided = self.number(service, "SELECT count(*) FROM mail WHERE state = 'decided'")
        self.assertEqual(self.number(service, "SELECT count(*) FROM decision"), decided)
        self.assertEqual(self.number(service, "SELECT count(*) FROM letter WHERE state = 'sending'"), 0)
        done = subprocess.run(service.arguments("run", "--once"), capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.number(service, "SELECT count(*) FROM mail WHERE state = 'decided'"), count)
        self.assertEqual(len(service.letters()), self.number(service, "SELECT count(*) FROM letter"))


class Reload(Case):
    def setUp(self):
        super().setUp()
        self.config = os.path.join(self.room, "config")
        shutil.copytree(CONFIG, self.config)
        self.file = os.path.join(self.config, "baosong.toml")

    def write(self, **changes):
        with open(os.path.join(CONFIG, "baosong.toml"), encoding="utf-8") as file:
            text = file.read()
        for key, value in changes.items():
            text, count = re.subn(r"(?m)^%s = .*$" % key, "%s = %s" % (key, value), text)
            self.assertGreaterEqual(count, 1, key)
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)

    def test_a_good_one_is_taken_a_bad_one_is_not(self):
        self.write(poll='"1s"')
        service = self.service({"mailbox.poll": None}, config=self.file).start()
        self.write(poll='"2s"')
        service.reload()
        self.assertIn("新配置已采用", service.log())
        self.assertIn("RELOADING=1", service.systemd.lines())

        with open(self.file, "a", encoding="utf-8") as file:
            file.write('\n[mailbx]\nurl = "x"\n')
        with open(os.path.join(self.config, "units.toml"), "a", encoding="utf-8") as file:
            file.write("\n[[unit]]\nid = 1\n")
        service.reload()
        log = service.log()
        self.assertIn("未采用，继续使用原配置", log)
        self.assertIn("mailbx", log)
        self.assertIn("units.toml", log)  # every fault of every file
        service.deliver("1.demo", mail(1))
        service.wait_log("处理1封")
        self.assert_stops(service, "after a refused configuration")

    def test_the_state_cannot_move(self):
        self.write()
        service = self.service({"state": None}, config=self.file)
        with open(self.file, encoding="utf-8") as file:
            text = file.read()
        here = text.replace('state = "baosong-data/state"', 'state = "%s"' % service.state)
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(here)
        service.start()
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(here.replace(service.state, service.state + "2"))
        service.reload()
        service.wait_log("状态目录（state）不能在运行中")
        self.assertFalse(os.path.exists(service.state + "2"))
        self.assert_stops(service, "after the state was to be moved")

    def test_another_mailbox_is_looked_into_after_a_reload(self):
        self.write(url='"maildir:%s/mail"' % self.room)
        service = self.service({"mailbox.url": None, "outbox.url": "maildir:%s/out" % self.room}, config=self.file)
        service.start()
        other = os.path.join(self.room, "other")
        for part in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(other, part))
        with open(os.path.join(other, "new", "1.demo"), "wb") as file:
            file.write(mail(1))
        self.write(url='"maildir:%s"' % other)
        service.reload()
        service.wait_log("处理1封")
        self.assert_stops(service, "after a reload")


class Trouble(Case):
    def test_a_mailbox_that_is_away_is_said_once_and_so_is_its_return(self):
        service = self.service().start()
        os.rename(service.mail, service.mail + "2")
        service.wait_log("未成功")
        os.rename(service.mail + "2", service.mail)
        service.deliver("1.demo", mail(1))
        service.reload()  # tries at once
        service.wait_log("已恢复正常")
        service.wait_log("处理1封")
        self.assertRegex(service.log(), r"收信（maildir:.*）未成功：.*；\d\d:\d\d:\d\d再试")
        self.assertEqual(service.log().count("未成功"), 1, service.log())
        self.assert_stops(service, "after trouble")

    def test_a_store_that_is_damaged_ends_it(self):
        service = self.service().start()
        service.deliver("1.demo", mail(1))
        service.wait_log("处理1封")
        # Another program's change makes the service read its pages from the disk again.
        service.process.send_signal(signal.SIGSTOP)
        with sqlite3.connect(os.path.join(service.state, "baosong.sqlite"), timeout=60) as db:
            db.execute("INSERT INTO audit (at, actor, action, subject) VALUES (0, 'test', 'test', 'test')")
            db.commit()
        for name in ("baosong.sqlite", "baosong.sqlite-wal"):
            with open(os.path.join(service.state, name), "r+b") as file:
                size = os.fstat(file.fileno()).st_size
                file.seek(100)
                file.write(b"x" * (size - 100))
        service.process.send_signal(signal.SIGCONT)
        self.assertEqual(service.process.wait(120), 3, service.log())
        self.assertIn("损坏", service.log())
        again = subprocess.run(service.arguments("run"), capture_output=True, text=True, timeout=60)
        self.assertEqual(again.returncode, 3)
        self.assertIn("损坏", again.stderr)

    def test_a_full_disk_is_waited_out(self):
        # The soft limit of the size of files stands for the disk: it can be taken away again.
        service = self.service().start()
        limit = ["prlimit", "--pid", str(service.process.pid)]
        subprocess.run(limit + ["--fsize=1000:unlimited"], check=True)
        service.deliver("1.demo", mail(1, "x" * 5000))
        service.wait_log("未成功")
        self.assertIsNone(service.process.poll())
        subprocess.run(limit + ["--fsize=unlimited:unlimited"], check=True)
        service.wait_log("已恢复正常")
        service.wait_log("处理1封")
        self.assert_stops(service, "after the disk was full")


if __name__ == "__main__":
    unittest.main(verbosity=2)
