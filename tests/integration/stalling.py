"""A server that talks until a given point and then says nothing more, without closing."""
import socket
import threading


class Stalling:
    """`script` is what it says, in order: bytes are sent; None waits for a line of the client. After the
    last it is silent. `arrived` is set once it has fallen silent for a client."""

    def __init__(self, script):
        self.script = script
        self.arrived = threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.clients = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            self.clients.append(client)
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        try:
            lines = client.makefile("rb")
            tag = b"*"
            for step in self.script:
                if step is None:
                    tag = lines.readline().split(b" ")[0]
                else:
                    client.sendall(step.replace(b"TAG", tag))
            self.arrived.set()
        except OSError:
            pass

    def close(self):
        self.server.close()
        for client in self.clients:
            client.close()


IMAP_GREETING = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"
# libcurl asks for the capabilities, then LOGIN, ID and EXAMINE are ours.
IMAP_LOGGED_IN = [IMAP_GREETING, None, b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
                  None, b"TAG OK logged in\r\n", None, b"* ID NIL\r\nTAG OK done\r\n"]
IMAP_LITERAL = IMAP_LOGGED_IN + [
    None, b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\nTAG OK [READ-ONLY] done\r\n",
    None, b"* 1 FETCH (UID 7 RFC822.SIZE 5000 INTERNALDATE \"24-Oct-2022 16:00:00 +0800\")\r\nTAG OK done\r\n",
    None, b"* 1 FETCH (UID 7 BODY[] {5000}\r\nSubject: half\r\n\r\n"]
# libcurl says EHLO; from MAIL FROM on it is ours.
SMTP_STALLED = [b"220 ready\r\n", None, b"250 localhost\r\n", None]
