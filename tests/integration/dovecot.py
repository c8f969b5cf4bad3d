"""A real Dovecot on loopback with TLS, for the length of a test. Needs dovecot-imapd and openssl."""
import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time

CONFIG = """
base_dir = {room}/run
state_dir = {room}/run
log_path = {room}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
ssl = required
ssl_cert = <{room}/cert.pem
ssl_key = <{room}/key.pem
mail_location = maildir:{room}/mail
mail_uid = {mail_user}
mail_gid = {mail_group}
first_valid_uid = 1
first_valid_gid = 0
passdb {{
  driver = static
  args = password=code
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={room}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
auth_mechanisms = plain login
service auth {{
  unix_listener sasl {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Dovecot:
    """`room` is an empty directory that every user may enter. The mailbox is `room`/mail."""

    def __init__(self, room):
        self.room = room
        self.port = free_port()
        self.ca = os.path.join(room, "cert.pem")
        program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-keyout", os.path.join(room, "key.pem"), "-out", self.ca, "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
            check=True, stderr=subprocess.DEVNULL)
        # Dovecot gives nobody mail access as root.
        self.mail_user = "nobody" if os.getuid() == 0 else getpass.getuser()
        entry = pwd.getpwnam(self.mail_user)
        self.mail = os.path.join(room, "mail")
        for name in ("", "cur", "new", "tmp"):
            os.makedirs(os.path.join(self.mail, name), exist_ok=True)
            os.chown(os.path.join(self.mail, name), entry.pw_uid, entry.pw_gid)
        os.makedirs(os.path.join(room, "run"), exist_ok=True)
        path = os.path.join(room, "dovecot.conf")
        mine = pwd.getpwuid(os.getuid())
        with open(path, "w") as config:
            config.write(CONFIG.format(
                room=room, port=self.port, user="dovecot" if os.getuid() == 0 else mine.pw_name,
                group="dovecot" if os.getuid() == 0 else mine.pw_gid,
                mail_user=entry.pw_uid, mail_group=entry.pw_gid))
        self.process = subprocess.Popen([program, "-F", "-c", path])
        deadline = time.time() + 30
        while time.time() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("Dovecot does not start; see " + os.path.join(room, "dovecot.log"))

    def put(self, name, data, when, folder=None):
        """Puts a mail into INBOX or a folder of it; `when` becomes its INTERNALDATE."""
        room = os.path.join(self.mail, "." + folder) if folder else self.mail
        entry = pwd.getpwnam(self.mail_user)
        for part in ("", "cur", "new", "tmp"):
            if not os.path.isdir(os.path.join(room, part)):
                os.mkdir(os.path.join(room, part))
                os.chown(os.path.join(room, part), entry.pw_uid, entry.pw_gid)
        path = os.path.join(room, "tmp", name)
        with open(path, "wb") as file:
            file.write(data)
        os.chown(path, entry.pw_uid, entry.pw_gid)
        os.utime(path, (when, when))
        os.rename(path, os.path.join(room, "new", name))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
