"""A scripted SMTP server on loopback: it says what the test tells it to say, breaks off where the test
tells it to, and remembers every mail that it took. Speaks plain SMTP, SMTPS or STARTTLS.

`script` maps a step (greeting, ehlo, auth, mail, rcpt, data, body, end) to what happens there, one
entry for each time the step is reached; when the list is used up, the server is well again. An entry
is a reply, or one of:
  DROP     the connection is closed without a word
  TAKE     (end) the mail is taken and the connection closed without a word
  HANG     nothing is said any more until the client leaves
  LATE     (end) the mail is taken, and the answer comes after two seconds
  bytes    are sent as they are
"""
import base64
import os
import socket
import ssl
import subprocess
import threading
import time

DROP, TAKE, HANG, LATE = "<drop>", "<take>", "<hang>", "<late>"
USER, CODE = "office_demo@126.com", "secret-code"


def make_certificate(room, name="localhost", days=2):
    """A self-signed certificate for `name`; the paths of certificate and key."""
    cert, key = os.path.join(room, name + ".cert.pem"), os.path.join(room, name + ".key.pem")
    alternative = "DNS:%s" % name + (",IP:127.0.0.1" if name == "localhost" else "")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(days), "-keyout", key,
         "-out", cert, "-subj", "/CN=" + name, "-addext", "subjectAltName=" + alternative],
        check=True, stderr=subprocess.DEVNULL)
    return cert, key


class Gone(Exception):
    pass


class SmtpServer:
    def __init__(self, tls=None, cert=None, key=None, offers="AUTH LOGIN PLAIN"):
        """`tls` is None, "smtps" or "starttls"."""
        self.tls, self.offers, self.script = tls, offers, {}
        self.mails = []  # (sender, recipient, bytes) of each mail that was taken
        self.connections = 0
        self.users = []  # who logged in
        self.commands = []
        self.filed = None  # called with the bytes of each mail that is taken
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(cert, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open = True
        self.threads = []
        thread = threading.Thread(target=self.accept, daemon=True)
        thread.start()

    @property
    def url(self):
        scheme = "smtps" if self.tls == "smtps" else "smtp"
        return "%s://localhost:%d" % (scheme, self.port)

    def stop(self):
        self.open = False
        # Closing alone would leave the port open for as long as a thread waits in accept().
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def accept(self):
        while self.open:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            if self.tls == "smtps":
                client = self.context.wrap_socket(client, server_side=True)
            talk = Talk(self, client)
        except OSError:
            client.close()
            return
        try:
            talk.run()
        except (OSError, Gone):
            pass
        finally:
            talk.client.close()


class Talk:
    def __init__(self, server, client):
        self.server, self.client, self.buffer = server, client, b""
        self.secure = server.tls == "smtps"
        self.sender = self.recipient = None

    def say(self, text):
        self.client.sendall(text if isinstance(text, bytes) else text.encode() + b"\r\n")

    def line(self):
        while b"\n" not in self.buffer:
            data = self.client.recv(65536)
            if not data:
                raise Gone()
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r")

    def play(self, step, well):
        """Says what the script says at this step, else `well`. True when all is well."""
        entries = self.server.script.get(step)
        entry = entries.pop(0) if entries else well
        if entry == DROP:
            raise Gone()
        if entry == HANG:
            while self.client.recv(65536):
                pass
            raise Gone()
        if entry == LATE:
            time.sleep(2)
            entry = well
        self.say(entry)
        return isinstance(entry, bytes) or entry[0] in "23"

    def run(self):
        self.play("greeting", "220 test ESMTP")
        while True:
            line = self.line().decode("utf-8", "replace")
            word, _, rest = line.partition(" ")
            word = word.upper()
            self.server.commands.append(line if word != "AUTH" else "AUTH")
            if word in ("EHLO", "HELO"):
                lines = ["test", "PIPELINING", "8BITMIME"]
                if self.server.tls == "starttls" and not self.secure:
                    lines.append("STARTTLS")
                elif self.server.offers:
                    lines.append(self.server.offers)
                well = "\r\n".join("250" + ("-" if n < len(lines) - 1 else " ") + l
                                   for n, l in enumerate(lines))
                self.play("ehlo", well)
            elif word == "STARTTLS":
                if not self.play("starttls", "220 go ahead"):
                    continue
                self.client = self.server.context.wrap_socket(self.client, server_side=True)
                self.buffer, self.secure = b"", True
            elif word == "AUTH":
                self.auth(rest)
            elif word == "MAIL":
                self.sender = rest
                self.play("mail", "250 2.1.0 Ok")
            elif word == "RCPT":
                self.recipient = rest
                self.play("rcpt", "250 2.1.5 Ok")
            elif word == "DATA":
                if self.play("data", "354 go ahead"):
                    self.data()
            elif word == "RSET":
                self.say("250 Ok")
            elif word == "QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("502 unknown")

    def auth(self, rest):
        mechanism, _, initial = rest.partition(" ")
        if mechanism.upper() == "PLAIN":
            _, user, code = base64.b64decode(initial).decode().split("\0")
        else:
            self.say("334 " + base64.b64encode(b"Username:").decode())
            user = base64.b64decode(self.line()).decode()
            self.say("334 " + base64.b64encode(b"Password:").decode())
            code = base64.b64decode(self.line()).decode()
        right = (user, code) == (USER, CODE)
        if self.play("auth", "235 ok" if right else "535 Error: authentication failed"):
            self.server.users.append((mechanism.upper(), user))

    def data(self):
        if self.server.script.get("body"):
            entry = self.server.script["body"].pop(0)
            self.line()
            if entry != DROP:
                self.say(entry)
            raise Gone()
        lines = []
        while True:
            line = self.line()
            if line == b".":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        mail = b"\r\n".join(lines) + b"\r\n"
        entries = self.server.script.get("end")
        entry = entries[0] if entries else "2"
        if entry in (TAKE, LATE) or isinstance(entry, bytes) or entry[0] == "2":
            self.server.mails.append((self.sender, self.recipient, mail))
            if self.server.filed:
                self.server.filed(mail)
        if entry == TAKE:
            entries.pop(0)
            raise Gone()
        self.play("end", "250 Mail OK queued as test")
