#!/usr/bin/python3
"""The service is watched: metrics, health, the day's digest, its log.  usage: service_watch_test.py PROGRAM SAMPLES"""
import os
import re
import subprocess
import sys
import unittest

from service import Case, free_port, mail, wait_for

Case.program = os.path.abspath(sys.argv.pop(1))
SAMPLES = os.path.abspath(sys.argv.pop(1))
SAMPLE = re.compile(r'^(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)'
                    r'(?:\{(?P<labels>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
                    r'(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*")*)\})? (?P<value>\S+)$')
TYPES = {"counter", "gauge", "histogram", "summary", "untyped"}


def parse(text):
    """{name: (type, {labels: value})} of the text format 0.0.4; ValueError for anything that is not in it."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    families, current, helped = {}, None, set()
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            name = line.split(" ", 3)[2]
            if name in helped:
                raise ValueError("helped twice: " + line)
            helped.add(name)
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            if kind not in TYPES or name in families or name not in helped:
                raise ValueError("wrong type line: " + line)
            families[name], current = (kind, {}), name
        else:
            found = SAMPLE.match(line)
            if not found:
                raise ValueError("no sample: " + line)
            name = found["name"]
            base = re.sub("_(bucket|sum|count)$", "", name) if families[current][0] == "histogram" else name
            if base != current:
                raise ValueError("outside its family: " + line)
            key = (name, found["labels"] or "")
            if key in families[current][1]:
                raise ValueError("twice: " + line)
            families[current][1][key] = float(found["value"])
    for name, (kind, samples) in families.items():
        if not samples:
            raise ValueError("no samples: " + name)
        if (kind == "counter") != name.endswith("_total"):
            raise ValueError("a counter by its name only: " + name)
    return families


class Watched(Case):
    def watched(self, settings=None, **more):
        return self.service({"service.metrics": "127.0.0.1:%d" % free_port(), **(settings or {})}, **more)

    def test_metrics_are_the_text_format_and_tell_the_truth(self):
        service = self.watched().start()
        for number in range(3):
            service.deliver("%d.demo" % number, mail(number))
        service.wait_log("邮件 ", 3)

        def scrape():
            status, kind, text = service.get("/metrics")
            self.assertEqual((status, kind), (200, "text/plain; version=0.0.4; charset=utf-8"))
            self.assertNotIn("@", text)
            return {k: v for _, samples in parse(text).values() for k, v in samples.items()}

        families = parse(service.get("/metrics")[2])
        self.assertTrue(all(name.startswith("baosong_") for name in families))
        wait_for(lambda: scrape()["baosong_mails", 'state="decided"'] == 3, "three mails in the metrics")
        now = scrape()
        self.assertEqual(now["baosong_mails", 'state="seen"'], 3)
        self.assertEqual(now["baosong_mails_held", ""], 3)
        self.assertEqual(now["baosong_healthy", ""], 1)
        self.assertEqual(now["baosong_oldest_undecided_seconds", ""], 0)
        label = 'mailbox="1",name="maildir:%s"' % service.mail
        self.assertLess(abs(now["baosong_last_poll_timestamp_seconds", label] - os.stat(service.log_path).st_mtime), 60)
        buckets = [v for (name, _), v in now.items() if name == "baosong_turn_seconds_bucket"]
        self.assertEqual(buckets, sorted(buckets))
        self.assertEqual(buckets[-1], now["baosong_turn_seconds_count", ""])
        more = scrape()
        for key, value in now.items():
            if key[0].endswith("_total") or "turn_seconds" in key[0] or "uptime" in key[0]:
                self.assertGreaterEqual(more[key], value, key)
        self.assertEqual(service.get("/")[0], 404)
        self.assert_stops(service, "watched")

    def test_health_turns_bad_and_well_again(self):
        service = self.watched().start()
        wait_for(lambda: service.get("/health")[0] == 200, "health")
        os.rename(service.mail, service.mail + "2")
        status, _, words = wait_for(lambda: (service.get("/health")[0] == 503) and service.get("/health"), "illness")
        self.assertEqual(status, 503)
        self.assertRegex(words, r"^邮箱（maildir:.*）已有.*未能收信：.*\n$")
        os.rename(service.mail + "2", service.mail)
        service.reload()
        wait_for(lambda: service.get("/health") == (200, "text/plain; charset=utf-8", "正常\n"), "health again")

        with open(service.out + ".file", "w"):
            pass
        service.stop()
        service.settings["outbox.url"] = "maildir:%s.file" % service.out
        service.settings.update({"digest.at": "00:00", "digest.to": "office@example.com"})
        service.start()
        words = wait_for(lambda: service.get("/health")[0] == 503 and service.get("/health")[2], "a paused outbox")
        self.assertTrue(words.startswith("发信暂停："), words)
        os.unlink(service.out + ".file")
        service.reload()
        wait_for(lambda: service.get("/health")[0] == 200, "letters leaving again")
        self.assert_stops(service, "after health came back")

    def test_a_port_in_use_does_not_keep_it_from_working(self):
        first = self.watched().start()
        address = first.settings["service.metrics"]
        self.room += "/second"
        os.makedirs(self.room)
        second = self.service({"service.metrics": address}).start()
        second.deliver("1.demo", mail(1))
        second.wait_log("处理1封")
        self.assertIn("打开监控端口未成功", second.log())
        self.assert_stops(second, "without its port")


@unittest.skipIf(os.environ.get("BAOSONG_SANITIZE"), "a sanitizer must be the first library that is loaded")
class Faked(Case):
    """The clock is libfaketime's: a file says what time it is, and can say another while the service runs."""

    def start(self, when, settings=None):
        self.clock = os.path.join(self.room, "clock")
        self.set_clock(when)
        service = self.service(settings, environment={
            "LD_PRELOAD": faketime(), "FAKETIME_TIMESTAMP_FILE": self.clock, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "TZ": "Asia/Shanghai"})
        return service.start()

    def set_clock(self, when):
        with open(self.clock + ".new", "w") as file:
            file.write("@%s\n" % when)
        os.rename(self.clock + ".new", self.clock)

    def digests(self, service):
        return self.number(service, "SELECT count(*) FROM letter WHERE kind = 'digest'")

    def test_the_digest_goes_once_a_day_whatever_the_clock_does(self):
        settings = {"digest.at": "16:00", "digest.to": "office@example.com,head@example.com"}
        service = self.start("2022-10-24 15:59:40", settings)
        self.assertEqual(self.digests(service), 0)
        service.wait_log("当日情况已写好，发往2个地址")
        wait_for(lambda: len(service.letters()) == 2, "two digests in the outbox")
        self.set_clock("2022-10-24 15:30:00")
        service.wait_log("系统时间向后调整了")
        self.set_clock("2022-10-24 17:00:00")
        service.wait_log("系统时间向前调整了")
        service.stop()
        service.start()
        service.deliver("1.demo", mail(1))
        service.wait_log("处理1封")
        self.assertEqual(self.digests(service), 2)
        # A day whose hour was missed is caught up the same day.
        service.stop()
        self.set_clock("2022-10-25 20:00:00")
        service.start()
        service.wait_log("当日情况已写好", 2)
        self.set_clock("2022-10-24 16:30:00")
        service.wait_log("系统时间向后调整了", 2)
        service.deliver("2.demo", mail(2))
        service.wait_log("处理1封", 2)
        self.assertEqual(self.digests(service), 4)
        self.assert_stops(service, "after the clock was set back a day")

    def test_a_letter_does_not_wait_for_the_hour_that_was_set_back(self):
        service = self.start("2022-10-24 16:00:00", {"outbox.settle": "30s"})
        sample = os.path.join(SAMPLES, "01-chaoyang-complete.eml")
        with open(sample, "rb") as file:
            service.deliver("1.demo", file.read())
        service.wait_log("待发")
        self.set_clock("2022-10-24 12:00:00")
        service.wait_log("系统时间向后调整了", 1)
        wait_for(lambda: service.letters(), "the letter\n" + service.log(), 180)
        self.assert_stops(service, "after the clock was set back")


def faketime():
    found = subprocess.run(["dpkg", "-L", "libfaketime"], capture_output=True, text=True, check=True).stdout
    return next(line for line in found.splitlines() if line.endswith("libfaketimeMT.so.1"))


class Private(Case):
    NUMBERS = re.compile(r"(?<![0-9a-f])(?:[1-9]\d{16}[\dXx]|[1-9]\d{14}|1[3-9]\d{9})(?![0-9a-f])")
    ADDRESS = re.compile(r"[A-Za-z0-9._%+*-]+@[A-Za-z0-9.-]+")

    def test_the_log_of_a_run_over_the_samples_names_nobody(self):
        service = self.service({"service.log": "debug", "digest.at": "00:00", "digest.to": "office@example.com",
                                "outbox.per_address_day": "1"})
        names = [n for n in sorted(os.listdir(SAMPLES)) if n.endswith(".eml")]
        self.assertGreater(len(names), 20)
        numbers = 0
        for name in names:
            with open(os.path.join(SAMPLES, name), "rb") as file:
                data = file.read()
            service.deliver(name, data)
            numbers += len(self.NUMBERS.findall(data.decode("utf-8", "replace")))
        # Mails of which every word would be personal, as sender, subject, text and file name.
        for i, (number, address) in enumerate((("220102199001011234", "13800138000@139.com"),
                                               ("13912345678", "zhang.san@example.com"))):
            service.deliver("9%d.demo" % i, (
                "From: %s <%s>\r\nTo: jlqmxx@126.com\r\nSubject: %s %s\r\nMessage-ID: <%s>\r\n\r\n%s\r\n"
                % (number, address, number, address, address, number)).encode())
        service.start(ready=False)
        service.wait_log("收到新邮件")
        service.wait_log("发信")
        self.assert_stops(service, "over the samples")
        log = service.log()
        self.assertGreater(log.count("邮件 "), len(names))  # each decision has a line
        self.assertEqual(self.NUMBERS.findall(log), [])
        for address in self.ADDRESS.findall(log):
            self.assertRegex(address, r"^.?\*\*\*@")


if __name__ == "__main__":
    unittest.main(verbosity=2)
