"""A scripted IMAP server on loopback that plays 126.com (Coremail) and the faults that mail servers
and networks have. A fault is a Script that overrides one step of a healthy session; `server.script`
may be changed at any time and counts from the next connection on."""
import os
import socket
import ssl
import struct
import subprocess
import threading
import time

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST_UID = 1390000001  # where Coremail's UIDs are


CA_CONFIG = """
[ca]
default_ca = here
[here]
database = {room}/index.txt
rand_serial = yes
new_certs_dir = {room}
default_md = sha256
policy = any
x509_extensions = extensions
[any]
commonName = supplied
[extensions]
subjectAltName = DNS:{name}
basicConstraints = CA:TRUE
[req]
distinguished_name = empty
[empty]
"""


def make_certificate(room, name="localhost", start=None, end=None):
    """A self-signed certificate in the new directory `room`: (certificate, key). `start` and `end`
    are like "20200101000000Z"; without them it is good now."""
    os.mkdir(room)
    cert, key, request, config = (os.path.join(room, n) for n in ("cert", "key", "request", "config"))
    with open(os.path.join(room, "index.txt"), "w"):
        pass
    with open(config, "w") as file:
        file.write(CA_CONFIG.format(room=room, name=name))
    dates = ["-startdate", start, "-enddate", end] if start else ["-days", "2"]
    for command in (["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
                     "-subj", "/CN=" + name, "-config", config],
                    ["ca", "-selfsign", "-batch", "-notext", "-config", config, "-keyfile", key,
                     "-in", request, "-out", cert] + dates):
        subprocess.run(["openssl"] + command, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    return cert, key


class Mail:
    def __init__(self, uid, body, when=1666598400):
        self.uid, self.body, self.when = uid, body, when

    def date(self):
        t = time.gmtime(self.when)
        return "%02d-%s-%04d %02d:%02d:%02d +0000" % (
            t.tm_mday, MONTHS[t.tm_mon - 1], t.tm_year, t.tm_hour, t.tm_min, t.tm_sec)


class Hangup(Exception):
    """The session is over; reset: with RST instead of FIN."""

    def __init__(self, reset=False):
        self.reset = reset


class Session:
    """One connection: reads commands, lets the script answer."""

    def __init__(self, server, sock, number):
        self.server, self.sock, self.number = server, sock, number
        self.buffer = b""
        self.identified = False
        self.idling = None  # the tag of an IDLE that goes on

    def send(self, data):
        if isinstance(data, str):
            data = data.encode()
        self.sock.sendall(data)

    def line(self, text):
        self.send(text + "\r\n")

    def trickle(self, data, pause=0.15):
        """A byte now and then, until the client has enough of it."""
        for byte in data if isinstance(data, bytes) else data.encode():
            self.send(bytes([byte]))
            self.sleep(pause)

    def sleep(self, seconds):
        """Sleeps; ends with the server, or when the client hung up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server.closing:
            time.sleep(min(0.02, seconds))
        if self.server.closing:
            raise Hangup()

    def stall(self):
        """Says nothing more and waits for the client to go."""
        try:
            while not self.server.closing:
                self.sock.settimeout(0.1)
                try:
                    if not self.sock.recv(4096):
                        break
                except (TimeoutError, ssl.SSLWantReadError):
                    pass
        except OSError:
            pass
        raise Hangup()

    def read_line(self):
        self.sock.settimeout(0.1)
        while b"\n" not in self.buffer:
            if self.server.closing:
                raise Hangup()
            if self.idling:
                self.server.script.while_idle(self)
            try:
                data = self.sock.recv(65536)
            except TimeoutError:
                continue
            if not data:
                raise Hangup()
            self.buffer += data
        self.sock.settimeout(30)
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode()

    def run(self):
        script = self.server.script
        script.greet(self)
        while True:
            line = self.read_line()
            if self.idling and line.upper() == "DONE":
                self.server.note("DONE")
                tag, self.idling = self.idling, None
                self.line(tag + " OK IDLE completed")
                continue
            tag, _, rest = line.partition(" ")
            word = rest.split(" ")[0].upper()
            if word == "UID":
                word = "UID " + rest.split(" ")[1].upper()
            self.server.note(word)
            step = getattr(self.server.script, "do_" + word.lower().replace(" ", "_"), None)
            if step is None:
                self.line(tag + " BAD command unknown")
            else:
                step(self, tag, rest)


class Script:
    """A healthy session as 126.com holds it."""
    capabilities = ("IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ APPENDLIMIT=71680000 XAPPLEPUSHSERVICE "
                    "UIDPLUS X-CM-EXT-1 SASL-IR AUTH=XOAUTH2")
    validity = 1

    def greet(self, s):
        s.line("* OK Coremail System IMap Server Ready(126com[demo])")

    def do_capability(self, s, tag, rest):
        s.line("* CAPABILITY " + self.capabilities)
        s.line(tag + " OK CAPABILITY completed")

    def do_login(self, s, tag, rest):
        s.server.logins.append(time.monotonic())
        s.line(tag + " OK LOGIN completed")

    def do_id(self, s, tag, rest):
        s.identified = True
        s.line('* ID ("name" "Coremail Imap" "vendor" "Mailtech" "TransID" "demo")')
        s.line(tag + " OK ID completed")

    def unsafe(self, s, tag):
        s.line(tag + " NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")

    def do_examine(self, s, tag, rest):
        if not s.identified:
            self.unsafe(s, tag)
            return
        s.line("* %d EXISTS" % len(s.server.mails))
        s.line("* 0 RECENT")
        s.line("* OK [UIDVALIDITY %d] UIDs valid" % self.validity)  # no UIDNEXT
        s.line("* FLAGS (\\Answered \\Seen \\Deleted \\Draft \\Flagged)")
        s.line(tag + " OK [READ-ONLY] EXAMINE completed")

    def do_status(self, s, tag, rest):
        s.line('* STATUS "INBOX" ()')
        s.line(tag + " OK STATUS completed")

    def chosen(self, s, text):
        """The mails of a UID set, with their sequence numbers."""
        mails = sorted(s.server.mails, key=lambda mail: mail.uid)
        top = mails[-1].uid if mails else 0
        wanted = []
        for part in text.split(","):
            low, _, high = part.partition(":")
            low = top if low == "*" else int(low)
            high = low if not high else top if high == "*" else int(high)
            wanted.append((min(low, high), max(low, high)))
        return [(n + 1, m) for n, m in enumerate(mails) if any(a <= m.uid <= b for a, b in wanted)]

    def do_uid_fetch(self, s, tag, rest):
        _, _, uids, items = rest.split(" ", 3)
        chosen = self.chosen(s, uids)
        if "BODY" in items.upper():
            self.bodies(s, tag, chosen)
        else:
            self.listing(s, tag, chosen)

    def listing(self, s, tag, chosen):
        s.send("".join('* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE "%s")\r\n' %
                       (n, m.uid, len(m.body), m.date()) for n, m in chosen))
        s.line(tag + " OK FETCH completed")

    def bodies(self, s, tag, chosen):
        for n, mail in chosen:
            self.body(s, tag, n, mail)
        s.line(tag + " OK FETCH completed")

    def body(self, s, tag, n, mail):
        s.send('* %d FETCH (UID %d INTERNALDATE "%s" BODY[] {%d}\r\n' %
               (n, mail.uid, mail.date(), len(mail.body)))
        s.send(mail.body)
        s.line(")")

    def do_noop(self, s, tag, rest):
        s.line(tag + " OK NOOP completed")

    def do_logout(self, s, tag, rest):
        s.line("* BYE IMAP4rev1 Server logging out")
        s.line(tag + " OK LOGOUT completed")
        raise Hangup()

    def before_tls(self, sock):
        """A raw connection before its TLS handshake; may raise Hangup."""

    def while_idle(self, s):
        pass


class Server:
    """Serves `mails` as `script` says. `certificate`: (cert, key); plain: no TLS from the start."""

    def __init__(self, certificate, plain=False):
        self.script, self.mails, self.plain = Script(), [], plain
        self.logins, self.commands, self.connections = [], [], 0
        self.at_once = self.most_at_once = 0
        self.closing = False
        self.lock = threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificate)
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        self.threads = []
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()

    def note(self, command):
        with self.lock:
            self.commands.append(command)

    def forget(self):
        with self.lock:
            self.commands, self.logins, self.connections, self.most_at_once = [], [], 0, 0

    def use(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        self.context = context

    def listen(self):
        self.socket.settimeout(0.1)
        while not self.closing:
            try:
                sock, _ = self.socket.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            thread = threading.Thread(target=self.serve, args=(sock,))
            self.threads.append(thread)
            thread.start()

    def serve(self, sock):
        with self.lock:
            self.connections += 1
            number = self.connections
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        reset = False
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            sock.settimeout(30)
            self.script.before_tls(Session(self, sock, number))
            if not self.plain:
                sock = self.context.wrap_socket(sock, server_side=True)
            Session(self, sock, number).run()
        except Hangup as hangup:
            reset = hangup.reset
        except (OSError, ValueError):
            pass  # the client went away
        finally:
            with self.lock:
                self.at_once -= 1
            self.close(sock, reset)

    @staticmethod
    def close(sock, reset):
        if reset:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()

    def stop(self):
        self.closing = True
        self.listener.join()
        self.socket.close()
        for thread in self.threads:
            thread.join()
