"""The real service with a Maildir on both sides, and a stand-in for systemd's notification socket."""
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

PATIENCE = 60  # seconds; for conditions that take far less on a machine that is not busy
STOP_MARGIN = 20  # seconds; the promise is ten, a machine that is busy with other tests may be slower


def wait_for(condition, what, patience=PATIENCE):
    """The first true value of condition(); fails when it does not come."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain for " + what)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Systemd:
    """What systemd would hear: the lines of each notification, with the time of its coming."""

    def __init__(self, room):
        self.path = os.path.join(room, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                message = self.socket.recv(65536).decode()
            except OSError:
                return
            self.heard.extend((time.monotonic(), line) for line in message.splitlines())

    def lines(self, start=""):
        return [line for _, line in list(self.heard) if line.startswith(start)]

    def close(self):
        """What was heard stays."""
        self.socket.close()
        if os.path.exists(self.path):
            os.unlink(self.path)


class Service:
    """`baosong run` in a room of its own. Settings are given as "mailbox.poll" = "2s"."""

    def __init__(self, program, room, settings=None, environment=None, wrapper=(), watchdog=None, config=None):
        self.room = room
        self.mail = os.path.join(room, "mail")
        self.out = os.path.join(room, "out")
        self.state = os.path.join(room, "state")
        for part in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(self.mail, part), exist_ok=True)
        self.settings = {"state": self.state, "mailbox.url": "maildir:" + self.mail,
                         "outbox.url": "maildir:" + self.out, "outbox.settle": "0s", "mailbox.poll": "1s"}
        self.settings.update(settings or {})
        self.program, self.environment, self.wrapper = program, environment or {}, wrapper
        self.watchdog, self.config = watchdog, config
        self.log_path = os.path.join(room, "log")
        self.systemd = self.process = None

    def arguments(self, *command):
        arguments = [self.program, *command]
        if self.config:
            arguments += ["--config", self.config]
        for key, value in self.settings.items():
            if value is not None:
                arguments += ["--set", "%s=%s" % (key, value)]
        return arguments

    def start(self, ready=True):
        self.systemd = Systemd(self.room)
        environment = dict(os.environ, NOTIFY_SOCKET=self.systemd.path, **self.environment)
        environment.pop("JOURNAL_STREAM", None)
        if self.watchdog:
            environment["WATCHDOG_USEC"] = str(int(self.watchdog * 1e6))
        self.log_file = open(self.log_path, "ab")
        self.process = subprocess.Popen([*self.wrapper, *self.arguments("run")], env=environment,
                                        stdout=self.log_file, stderr=self.log_file)
        if ready:
            self.wait_ready()
        return self

    def wait_ready(self, count=1):
        wait_for(lambda: len(self.systemd.lines("READY=1")) >= count or self.process.poll() is not None,
                 "READY %d in\n%s" % (count, self.log()))
        assert self.process.poll() is None, self.log()

    def log(self):
        with open(self.log_path, encoding="utf-8") as file:
            return file.read()

    def wait_log(self, words, count=1):
        try:
            wait_for(lambda: self.log().count(words) >= count, words)
        except AssertionError as e:
            raise AssertionError("%s in\n%s" % (e, self.log())) from None

    def deliver(self, name, mail):
        with open(os.path.join(self.mail, "tmp", name), "wb") as file:
            file.write(mail)
        os.rename(os.path.join(self.mail, "tmp", name), os.path.join(self.mail, "new", name))

    def letters(self):
        folder = os.path.join(self.out, "new")
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def reload(self):
        ready = len(self.systemd.lines("READY=1"))
        self.process.send_signal(signal.SIGHUP)
        self.wait_ready(ready + 1)

    def get(self, path):
        """(status, content type, text) of the endpoint."""
        url = "http://%s%s" % (self.settings["service.metrics"], path)
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.headers["Content-Type"], e.read().decode()

    def stop(self):
        """(exit status, seconds)"""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        finally:
            self.kill()
        return status, time.monotonic() - started

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.systemd:
            self.systemd.close()
            self.log_file.close()


def mail(number, text="Dear all"):
    return ("From: Demo <demo%d@example.com>\r\nTo: jlqmxx@126.com\r\nSubject: mail %d\r\n"
            "Message-ID: <%d@example.com>\r\nDate: Mon, 24 Oct 2022 09:00:00 +0800\r\n\r\n%s\r\n"
            % (number, number, number, text)).encode()


class Case(unittest.TestCase):
    """A room of its own for each test. `program` is set by the script."""

    program = None

    def setUp(self):
        self.room = tempfile.mkdtemp(prefix="baosong-service-")
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)

    def service(self, settings=None, **more):
        service = Service(self.program, self.room, settings, **more)
        self.addCleanup(service.kill)
        return service

    def assert_stops(self, service, situation):
        status, seconds = service.stop()
        print("stopped in %.2f s: %s" % (seconds, situation))
        self.assertEqual(status, 0, service.log())
        self.assertLess(seconds, STOP_MARGIN, situation)

    def number(self, service, sql):
        with sqlite3.connect(os.path.join(service.state, "baosong.sqlite"), timeout=60) as db:
            return db.execute(sql).fetchone()[0]
