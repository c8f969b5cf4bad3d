"""The real program in a room of its own: a Maildir, a state directory and what the test points it at."""
import os
import shutil
import sqlite3
import subprocess
import tempfile

NOW = "2022-10-24T18:00:00+08:00"


def make_mail(number, sender="cy_demo@126.com", subject="朝阳区教育局材料", extra="", text="朝阳区教育局：我区无先进单位推荐。"):
    """A mail of a unit that is answered with one letter."""
    return ("Received: from mx.example by imap.example; Mon, 24 Oct 2022 10:%02d:00 +0800\r\n"
            "From: demo <%s>\r\nTo: jlqmxx@126.com\r\nSubject: %s\r\nMessage-ID: <%d@demo.example>\r\n"
            "Date: Mon, 24 Oct 2022 09:00:00 +0800\r\n%sMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n"
            % (number % 60, sender, subject, number, extra, text)).encode()


class Office:
    def __init__(self, program, root=None):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.room = tempfile.mkdtemp(prefix="baosong-", dir=root or memory)
        self.program, self.settings = program, {}
        for part in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(self.room, "mail", part))
        self.set("state", self.path("state"))
        self.set("mailbox.url", "maildir:" + self.path("mail"))
        self.set("outbox.settle", "0s")

    def path(self, name):
        return os.path.join(self.room, name)

    def set(self, key, value):
        self.settings[key] = value

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), 0o600)
        return self.path(name)

    def deliver(self, number, mail):
        with open(self.path("mail/new/%d.demo" % number), "wb") as file:
            file.write(mail)

    def arguments(self, *words, now=NOW):
        command = [self.program, *words]
        if now:
            command += ["--now", now]
        for key, value in self.settings.items():
            command += ["--set", "%s=%s" % (key, value)]
        return command

    def call(self, *words, now=NOW, **more):
        return subprocess.run(self.arguments(*words, now=now), capture_output=True, text=True,
                              timeout=180, **more)

    def once(self, now=NOW):
        return self.call("run", "--once", now=now)

    def rows(self, sql, *values):
        database = sqlite3.connect(self.path("state/baosong.sqlite"), timeout=30)
        try:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql, values)]
        finally:
            database.close()

    def change(self, sql):
        with sqlite3.connect(self.path("state/baosong.sqlite"), timeout=30) as database:
            database.execute(sql)
        database.close()

    def letters(self):
        return self.rows("SELECT * FROM letter ORDER BY id")

    def pause(self):
        rows = self.rows("SELECT * FROM outbox_pause")
        return rows[0] if rows else None

    def close(self):
        shutil.rmtree(self.room, ignore_errors=True)
