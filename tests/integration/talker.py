"""Small mail servers on loopback that say what a test wants them to say, over TLS."""
import os
import socket
import ssl
import subprocess
import threading


def make_certificate(room, name="localhost", expired=False):
    """room/NAME.pem with key and certificate of `name`; its path."""
    stem = os.path.join(room, name + ("-expired" if expired else ""))
    with open(stem + ".ext", "w") as file:
        file.write("subjectAltName=DNS:%s,IP:127.0.0.1\n" % name)
    quiet = {"check": True, "stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", stem + ".key", "-out", stem + ".csr",
                    "-subj", "/CN=" + name], **quiet)
    subprocess.run(["openssl", "x509", "-req", "-in", stem + ".csr", "-signkey", stem + ".key", "-out", stem + ".crt",
                    "-extfile", stem + ".ext", "-days", "-1" if expired else "30"], **quiet)
    with open(stem + ".pem", "w") as whole:
        for part in (".key", ".crt"):
            with open(stem + part) as file:
                whole.write(file.read())
    return stem + ".pem"


class Talker:
    """Answers each line with what `answer(line)` gives (text with CRLF), and hangs up at None. Lines are kept in
    `heard`; what follows a password command is not."""

    def __init__(self, pem, greeting, answer):
        self.greeting, self.answer, self.heard = greeting, answer, []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pem)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as tls, tls.makefile("rb") as lines:
                tls.sendall(self.greeting.encode())
                for line in lines:
                    line = line.decode().rstrip("\r\n")
                    self.heard.append(line)
                    said = self.answer(line)
                    if said is None:
                        return
                    tls.sendall(said.encode())
        except OSError:
            pass

    def stop(self):
        self.listener.close()


def imap_server(pem, **answers):
    """An IMAP server like Coremail's. `answers` gives for a command its tagged answer ("NO …"), or a whole line that
    begins with "*", after which it hangs up. Without ID, SELECT and EXAMINE are unsafe."""
    state = {"id": False}

    def answer(line):
        tag, _, rest = line.partition(" ")
        command = rest.split(" ")[0].upper()
        said = answers.get(command.lower())
        if command == "ID":
            state["id"] = True
        if said is None and command in ("SELECT", "EXAMINE") and not state["id"]:
            said = "NO EXAMINE Unsafe Login. Please contact kefu@188.com for help"
        if said is not None and said.startswith("*"):
            return said + "\r\n"
        before = {"CAPABILITY": "* CAPABILITY IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS UIDPLUS\r\n",
                  "EXAMINE": "* 2 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1]\r\n",
                  "FETCH": '* 2 FETCH (INTERNALDATE "24-Oct-2022 16:00:00 +0800")\r\n',
                  "LOGOUT": "* BYE IMAP4rev1 Server logging out\r\n"}.get(command, "")
        if said is not None and not said.startswith("OK"):
            before = ""
        return "%s%s %s\r\n" % (before, tag, said or "OK %s completed" % command)

    return Talker(pem, "* OK Coremail System IMap Server Ready\r\n", answer)


def smtp_server(pem, greeting="220 mail.example ESMTP", **answers):
    """An SMTP server like Coremail's. `answers` gives for a command (auth, mail, …) another reply."""

    def answer(line):
        command = line.split(" ")[0].upper()
        said = answers.get(command.lower())
        if command == "QUIT":
            return None
        if said is not None:
            return said + "\r\n"
        return {"EHLO": "250-mail.example\r\n250-PIPELINING\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME\r\n",
                "AUTH": "235 Authentication successful\r\n"}.get(command, "250 Mail OK\r\n")

    return Talker(pem, greeting + "\r\n", answer)
