"""The faults of imap_faults_test.py, each a Script that errs in one place."""
from imap_faults import Hangup, Script


# ---- 126.com's own ways ----

class UnsafeAlways(Script):
    """Throttled: ID does not help."""

    def do_examine(self, s, tag, rest):
        self.unsafe(s, tag)


class UnsafeOnce(Script):
    def __init__(self):
        self.refused = False

    def do_examine(self, s, tag, rest):
        if not self.refused:
            self.refused = True
            self.unsafe(s, tag)
        else:
            super().do_examine(s, tag, rest)


class UnsafeBye(Script):
    def do_examine(self, s, tag, rest):
        s.line("* BYE Unsafe Login. Please contact kefu@188.com for help")
        raise Hangup()


class TooManyConnections(Script):
    def greet(self, s):
        s.line("* BYE Too many connections")
        raise Hangup()


class TooManyLogins(Script):
    def do_login(self, s, tag, rest):
        s.server.logins.append(0)
        s.line(tag + " NO LOGIN too many login attempts, try again later")


class LoginNo(Script):
    def do_login(self, s, tag, rest):
        s.server.logins.append(0)
        s.line(tag + " NO LOGIN Login error or password error")


class LoginNoInGbk(Script):
    def do_login(self, s, tag, rest):
        s.server.logins.append(0)
        s.send(tag.encode() + b" NO " + "用户名或密码错误".encode("gbk") + b"\r\n")


class LoginUnavailable(Script):
    def do_login(self, s, tag, rest):
        s.server.logins.append(0)
        s.line(tag + " NO [UNAVAILABLE] Temporary authentication failure")


class FetchThrottled(Script):
    def bodies(self, s, tag, chosen):
        s.line(tag + " NO FETCH Too many requests")


# ---- The network ----

class At(Script):
    """Does `fault(session)` at one step: greet, capability, login, id, examine, listing, literal.
    A subclass of tls acts before the handshake."""

    def __init__(self, step, fault):
        self.step, self.fault = step, fault

    def before_tls(self, s):
        if self.step == "tls":
            self.fault(s)

    def greet(self, s):
        if self.step == "greeting":
            self.fault(s)
        super().greet(s)

    def do_capability(self, s, tag, rest):
        if self.step == "capability":
            self.fault(s)
        super().do_capability(s, tag, rest)

    def do_login(self, s, tag, rest):
        if self.step == "login":
            try:
                self.fault(s)
            except Hangup:
                s.server.logins.append(0)
                raise
        super().do_login(s, tag, rest)

    def do_id(self, s, tag, rest):
        if self.step == "id":
            self.fault(s)
        super().do_id(s, tag, rest)

    def do_examine(self, s, tag, rest):
        if self.step == "examine":
            self.fault(s)
        super().do_examine(s, tag, rest)

    def listing(self, s, tag, chosen):
        if self.step == "listing":
            self.fault(s)
        super().listing(s, tag, chosen)

    def body(self, s, tag, n, mail):
        if self.step == "literal" and n > 1:  # the first mail comes whole
            s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid, len(mail.body)))
            s.send(mail.body[:len(mail.body) // 2])
            self.fault(s)
        super().body(s, tag, n, mail)


def stall(s):
    s.stall()


def trickle(s):
    s.trickle(b"* OK " + b"." * 10000)


def trickle_tls(s):
    s.trickle(b"\x16\x03\x03\x40\x00" + b"\x02" * 10000)


def finish(s):
    raise Hangup()


def reset(s):
    raise Hangup(reset=True)


def endless_line(s):
    s.send("* OK ")
    for _ in range(64):
        s.send(b"x" * 4096)
    s.stall()


def bye(s):
    s.line("* BYE Autologout; idle for too long")
    raise Hangup()


def foreign_tag(s):
    s.line("x9999 OK done")


def no_imap(s):
    s.line("HTTP/1.1 400 Bad Request")
    raise Hangup()


def greeting_no(s):
    s.line("* NO not here")


def untagged(count):
    def send(s):
        s.send("* 1 FETCH (FLAGS (\\Seen))\r\n" * count)
    return send


def alerts(s):
    s.line("* OK [ALERT] 系统将于今晚维护")
    s.line("* NO Mailbox is at 95% of quota")
    s.line("* BAD nobody knows why")
    s.line("* 3 RECENT")
    s.line("* X-CM-NEWS (1 2 3)")


class Each(Script):
    """Sends each body by `how(session, number, mail)`; True: that was all of it."""

    def __init__(self, how):
        self.how = how

    def body(self, s, tag, n, mail):
        if not self.how(s, n, mail):
            super().body(s, tag, n, mail)


def announced(size):
    """The second mail's literal is announced with another size; {…} may hold a function."""
    def send(s, n, mail):
        if n != 2:
            return False
        said = size(len(mail.body)) if callable(size) else size
        s.send("* %d FETCH (UID %d BODY[] {%s}\r\n" % (n, mail.uid, said))
        s.send(mail.body)
        s.line(")")
        return True
    return send


def uid_after(s, n, mail):
    s.send("* %d FETCH (BODY[] {%d}\r\n" % (n, len(mail.body)))
    s.send(mail.body)
    s.line(' INTERNALDATE "%s" FLAGS (\\Seen) UID %d)' % (mail.date(), mail.uid))
    return True


def no_uid(s, n, mail):
    if n != 2:
        return False
    s.send("* %d FETCH (BODY[] {%d}\r\n" % (n, len(mail.body)))
    s.send(mail.body)
    s.line(")")
    return True


def other_uid(s, n, mail):
    if n != 2:
        return False
    s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid + 1000, len(mail.body)))
    s.send(mail.body)
    s.line(")")
    return True


def two_literals(s, n, mail):
    if n != 2:
        return False
    s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid, len(mail.body)))
    s.send(mail.body)
    s.send(" BODY[] {5}\r\nabcde)\r\n")
    return True


def twice(s, n, mail):
    """The same mail in two responses."""
    for _ in range(2):
        s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid, len(mail.body)))
        s.send(mail.body)
        s.line(")")
    return True


def byte_at_a_time(s, n, mail):
    s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid, len(mail.body)))
    for byte in mail.body[:2000]:
        s.send(bytes([byte]))
    s.send(mail.body[2000:])
    for byte in b")\r\n":
        s.send(bytes([byte]))
    return True


def quoted(s, n, mail):
    """The short mail, the third, comes as a quoted string."""
    if n != 3:
        return False
    text = mail.body.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    s.send(b'* %d FETCH (UID %d BODY[] "%s")\r\n' % (n, mail.uid, text))
    return True


def nil(s, n, mail):
    if n != 2:
        return False
    s.line("* %d FETCH (UID %d BODY[] NIL)" % (n, mail.uid))
    return True


class Expunged(Script):
    """The second mail goes away between the listing and its FETCH, and comes as NIL."""

    def body(self, s, tag, n, mail):
        if n == 2 and not getattr(self, "gone", None):
            self.gone = mail
            s.server.mails.remove(mail)
            s.line("* %d FETCH (UID %d BODY[] NIL)" % (n, mail.uid))
        else:
            super().body(s, tag, n, mail)


class NoForOne(Script):
    """Refuses every FETCH that asks for the second mail."""

    def bodies(self, s, tag, chosen):
        good = [(n, mail) for n, mail in chosen if n != 2]
        for n, mail in good:
            self.body(s, tag, n, mail)
        s.line(tag + (" OK done" if len(good) == len(chosen) else " NO FETCH internal error"))


class NoForAll(Script):
    def bodies(self, s, tag, chosen):
        s.line(tag + " BAD FETCH unknown item")


class BreaksAtOne(Script):
    """The connection breaks whenever the second mail comes, in the middle of it."""

    def body(self, s, tag, n, mail):
        if n == 2:
            s.send("* %d FETCH (UID %d BODY[] {%d}\r\n" % (n, mail.uid, len(mail.body)))
            s.send(mail.body[:100])
            raise Hangup(reset=True)
        super().body(s, tag, n, mail)


class Backwards(Script):
    """Sends the last mail first and answers the second of two commands first."""

    def __init__(self):
        self.kept = None

    def bodies(self, s, tag, chosen):
        for n, mail in reversed(chosen):
            self.body(s, tag, n, mail)
        if len(chosen) > 1 and self.kept is None:
            self.kept = tag
            return
        s.line(tag + " OK done")
        if self.kept:
            s.line(self.kept + " OK done")
            self.kept = None


class NewValidity(Script):
    """UIDVALIDITY changes while mails are fetched."""

    def bodies(self, s, tag, chosen):
        if self.validity == 1:
            self.validity = 2
            s.line("* OK [UIDVALIDITY 2] mailbox was rebuilt")
        super().bodies(s, tag, chosen)


class Shrinks(Script):
    """Half of the mails are gone between the listing and their FETCH, without a word."""

    def __init__(self):
        self.gone = None

    def bodies(self, s, tag, chosen):
        if self.gone is None:
            self.gone = s.server.mails[1:3]
            s.server.mails = s.server.mails[:1] + s.server.mails[3:]
        super().bodies(s, tag, [(n, mail) for n, mail in chosen if mail in s.server.mails])


class Injected(Script):
    """Between STARTTLS and the handshake somebody on the line adds answers of his own."""
    capabilities = "IMAP4rev1 STARTTLS"

    def do_starttls(self, s, tag, rest):
        s.send(tag + " OK begin TLS\r\n* CAPABILITY IMAP4rev1\r\nA003 OK injected\r\nb0001 OK in\r\n")
        s.sock = s.server.context.wrap_socket(s.sock, server_side=True)


class StartTls(Script):
    capabilities = "IMAP4rev1 STARTTLS"

    def do_starttls(self, s, tag, rest):
        s.line(tag + " OK begin TLS")
        s.sock = s.server.context.wrap_socket(s.sock, server_side=True)
