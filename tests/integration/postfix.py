"""A real postfix on loopback with TLS, for the length of a test: an instance of its own, with its
configuration, queue and data below one directory. Needs postfix and openssl, and root: postfix's
master runs under no other user.

It takes mail of anybody on one port (as the server of a submitter would hand it over) and of those
who log in on another (submission, TLS, SASL by Dovecot), and hands every mail to a Maildir. Mail for
nowhere.example goes on to another server."""
import os
import pwd
import shutil
import socket
import subprocess
import time

MAIN = """
compatibility_level = 3.6
queue_directory = {room}/queue
data_directory = {room}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
maillog_file = {room}/maillog
maillog_file_prefixes = {room}
mail_owner = postfix
setgid_group = postdrop
multi_instance_name = postfix-baosong
multi_instance_enable = yes
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = localhost
mydomain = localdomain
mydestination =
mynetworks_style = host
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {room}/mailboxes
virtual_mailbox_maps = texthash:{room}/mailboxes.map
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
relay_domains = nowhere.example
transport_maps = inline:{{ nowhere.example=smtp:[127.0.0.1]:{nowhere} }}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtputf8_enable = no
biff = no
"""
MASTER = """
127.0.0.1:{relay} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_sasl_type=dovecot
  -o smtpd_sasl_path={sasl}
  -o smtpd_sasl_security_options=noanonymous
  -o smtpd_sender_restrictions=reject_sender_login_mismatch
  -o smtpd_sender_login_maps=texthash:{room}/senders.map
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
postlog unix-dgram n - n - 1 postlogd
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postfix:
    def __init__(self, room, mailboxes, user, cert, key, sasl, senders, nowhere):
        """`room` is an empty directory that every user may enter. `mailboxes` maps an address to the
        Maildir of its mail, which belongs to the system user `user`. `sasl` is the path of Dovecot's
        auth socket; `senders` says which login may use which address. `nowhere` is the port of the
        server for nowhere.example."""
        self.room, self.cert = room, cert
        self.config = os.path.join(room, "etc")
        os.makedirs(self.config)
        os.makedirs(os.path.join(room, "queue"))
        os.makedirs(os.path.join(room, "data"))
        shutil.chown(os.path.join(room, "data"), "postfix", "postfix")
        self.relay, self.submission = free_port(), free_port()
        entry = pwd.getpwnam(user)
        daemons = "/usr/lib/postfix/sbin"
        fields = {"room": room, "cert": cert, "key": key, "sasl": sasl, "relay": self.relay,
                  "submission": self.submission, "nowhere": nowhere, "uid": entry.pw_uid, "gid": entry.pw_gid, "daemons": daemons,
                  "domains": ", ".join(sorted({a.split("@")[1] for a in mailboxes}))}
        self.write("etc/main.cf", MAIN.format(**fields))
        self.write("etc/master.cf", MASTER.format(**fields))
        # virtual(8) puts the map's right side behind virtual_mailbox_base.
        os.makedirs(os.path.join(room, "mailboxes"))
        lines = []
        for number, (address, maildir) in enumerate(mailboxes.items()):
            os.symlink(maildir, os.path.join(room, "mailboxes", str(number)))
            lines.append("%s %d/" % (address, number))
        self.write("mailboxes.map", "\n".join(lines) + "\n")
        self.write("senders.map", "".join("%s %s\n" % pair for pair in senders.items()))
        self.command("start")
        deadline = time.time() + 60
        for port in (self.relay, self.submission):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    if time.time() > deadline:
                        self.stop()
                        raise RuntimeError("postfix does not start:\n" + self.log())
                    time.sleep(0.1)

    def write(self, name, text):
        with open(os.path.join(self.room, name), "w") as file:
            file.write(text)

    def command(self, word, check=True):
        done = subprocess.run(["/usr/sbin/postfix", "-c", self.config, word], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError("postfix %s: %s%s\n%s" % (word, done.stdout, done.stderr, self.log()))

    def log(self):
        try:
            with open(os.path.join(self.room, "maillog")) as file:
                return file.read()
        except OSError:
            return ""

    def stop(self):
        self.command("stop", check=False)
