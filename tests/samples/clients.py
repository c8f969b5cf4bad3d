"""Mails as the clients of the time write them: headers, boundaries, charsets and the way in which
each of them folds Chinese names."""
import base64
import random
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
OFFICE = "jlqmxx@126.com"
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)


def stamp(when):
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when:%Y %H:%M:%S} +0800"


def b64(data):
    text = base64.b64encode(data).decode()
    return "\r\n".join(text[i:i + 76] for i in range(0, len(text), 76))


def word(text, charset, label):
    return f"=?{label}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def q_word(text, charset, label):
    return f"=?{label}?Q?" + "".join(f"={b:02X}" if b > 126 or b in b"=?_ " or b < 33 else chr(b)
                                     for b in text.encode(charset)) + "?="


def split_words(text, charset, label, fold, bytes_each=42):
    """Foxmail cuts the encoded bytes without regard to characters: a double-byte character may lie
    half in one encoded-word and half in the next."""
    raw = text.encode(charset)
    pieces = [raw[i:i + bytes_each] for i in range(0, len(raw), bytes_each)]
    return fold.join(f"=?{label}?B?{base64.b64encode(p).decode()}?=" for p in pieces)


def rfc2231(name, text):
    quoted = "".join(chr(b) if chr(b).isalnum() and b < 128 or b in b".-_" else f"%{b:02X}" for b in text.encode())
    pieces, i = [], 0
    while i < len(quoted):
        end = min(len(quoted), i + 54)
        while quoted[end - 2:end].find("%") >= 0 and end < len(quoted):
            end += 1
        pieces.append(quoted[i:end])
        i = end
    if len(pieces) == 1:
        return f"{name}*=UTF-8''{pieces[0]}"
    return ";\r\n\t".join(f"{name}*{i}*=" + ("UTF-8''" if i == 0 else "") + p for i, p in enumerate(pieces))


def received(sender, when):
    host = sender.split("@")[1]
    return (f"Received: from m12-28.{host} (unknown [192.0.2.44])\r\n\tby mx38 (Coremail) with SMTP id QsCowAD3Jk;\r\n"
            f"\t{stamp(when + timedelta(seconds=4))} (CST)\r\n")


class Style:
    """One client. `mail` gives the whole message."""

    def __init__(self, seed):
        self.rng = random.Random(f"mail {seed}")

    def digits(self, count):
        return "".join(self.rng.choice("0123456789") for _ in range(count))

    def hex(self, count):
        return "".join(self.rng.choice("0123456789ABCDEF") for _ in range(count))


class NetEaseWeb(Style):
    """126.com and 163.com in the browser."""
    charset, label = "gbk", "GBK"

    def headers(self, m):
        self.boundary = f"----=_Part_{self.digits(5)}_{self.digits(9)}.{int(m.when.timestamp() * 1000)}"
        user = m.sender.split("@")[0]
        m.id = f"<{self.hex(7).lower()}.{self.hex(4).lower()}.{self.hex(11).lower()}.Coremail.{m.sender}>"
        return (received(m.sender, m.when)
                + f"Received: from {user}${m.sender.split('@')[1]} ( [192.0.2.9] ) by\r\n ajax-webmail-wmsvr24 (Coremail) ; {stamp(m.when)} (CST)\r\n"
                f"Date: {stamp(m.when)} (CST)\r\nFrom: {word(m.name, 'gbk', 'GBK')} <{m.sender}>\r\nTo: {OFFICE}\r\n"
                f"Subject: {word(m.subject, 'gbk', 'GBK')}\r\nX-Priority: 3\r\n"
                "X-Mailer: Coremail Webmail Server Version XT5.0.13 build 20220113(9671e152)\r\n"
                " Copyright (c) 2002-2022 www.mailtech.cn 126com\r\n" + m.extra
                + f"MIME-Version: 1.0\r\nMessage-ID: {m.id}\r\nX-Coremail-Locale: zh_CN\r\n")

    def attachment(self, name, kind):
        # Short names in B, long ones in Q over two lines: both are seen.
        coded = word(name, "gbk", "GBK") if len(name) < 20 else q_word(name, "gbk", "GBK")
        return (f"Content-Type: {kind}; name=\"{coded}\"\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment; filename=\"{coded}\"\r\n")


class QQWeb(Style):
    charset, label = "gb18030", "gb18030"

    def headers(self, m):
        self.boundary = f"----=_NextPart_{self.hex(8)}_{self.hex(8)}_{self.hex(8)}"
        m.id = f"<tencent_{self.hex(36)}@qq.com>"
        return (received(m.sender, m.when)
                + f"From: \"{word(m.name, 'gb18030', 'gb18030')}\" <{m.sender}>\r\nTo: \"{word('jlqmxx', 'gb18030', 'gb18030')}\" <{OFFICE}>\r\n"
                f"Subject: {word(m.subject, 'gb18030', 'gb18030')}\r\n" + m.extra
                + f"Mime-Version: 1.0\r\nDate: {stamp(m.when)}\r\nX-Priority: 3\r\nMessage-ID: {m.id}\r\n"
                "X-QQ-MIME: TCMime 1.0 by Tencent\r\nX-Mailer: QQMail 2.x\r\nX-QQ-Mailer: QQMail 2.x\r\nX-HAS-ATTACH: yes\r\n")

    def attachment(self, name, kind):
        coded = word(name, "gb18030", "gb18030")
        return (f"Content-Type: {kind};\r\n\tcharset=\"gb18030\";\r\n\tname=\"{coded}\"\r\n"
                f"Content-Disposition: attachment; filename=\"{coded}\"\r\nContent-Transfer-Encoding: base64\r\n")


class Foxmail(Style):
    charset, label = "gbk", "GB2312"  # says GB2312, writes GBK

    def headers(self, m):
        self.boundary = f"----=_001_NextPart{self.digits(12)}_=----"
        m.id = f"<{m.when:%Y%m%d%H%M%S}{self.digits(11)}@{m.sender.split('@')[1]}>"
        return (received(m.sender, m.when)
                + f"Date: {stamp(m.when)}\r\nFrom: \"{word(m.name, 'gbk', 'gb2312')}\" <{m.sender}>\r\nTo: jlqmxx <{OFFICE}>\r\n"
                f"Disposition-Notification-To: {m.sender}\r\nSubject: {split_words(m.subject, 'utf-8', 'utf-8', chr(13) + chr(10) + ' ')}\r\n"
                f"X-Priority: 3\r\nX-GUID: {self.hex(8)}-{self.hex(4)}-4C49-8DAF-{self.hex(12)}\r\nX-Has-Attach: yes\r\n"
                f"X-Mailer: Foxmail 7.2.23.114[cn]\r\n" + m.extra + f"Mime-Version: 1.0\r\nMessage-ID: {m.id}\r\n")

    def attachment(self, name, kind):
        coded = split_words(name, "gbk", "gb2312", "\r\n\t ", 41)  # odd: every second cut halves a character
        return (f"Content-Type: {kind};\r\n\tname=\"{coded}\"\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment;\r\n\tfilename=\"{coded}\"\r\n")


class MailMaster(Style):
    charset, label = "utf-8", "UTF-8"

    def headers(self, m):
        self.boundary = f"=_mailmaster-{self.hex(8).lower()}_{self.hex(8).lower()}_{self.hex(4).lower()}"
        m.id = f"<{self.hex(8)}-{self.hex(4)}-4{self.hex(3)}-A{self.hex(3)}-{self.hex(12)}@{m.sender.split('@')[1]}>"
        return (received(m.sender, m.when)
                + f"Date: {stamp(m.when)} (GMT+08:00)\r\nFrom: {word(m.name, 'utf-8', 'UTF-8')} <{m.sender}>\r\nTo: {OFFICE}\r\n"
                f"Message-ID: {m.id}\r\nSubject: {word(m.subject, 'utf-8', 'UTF-8')}\r\n" + m.extra
                + "X-CUSTOM-MAIL-MASTER-SENT-ID: 77A1C0DE-5B1F\r\n"
                "X-Mailer: Coremail Webmail Server Version XT5.0.13 MailMasterPC/4.18.1.1007 (Win10 21H2)\r\nMIME-Version: 1.0\r\n")

    def attachment(self, name, kind):
        coded = word(name, "utf-8", "UTF-8")
        return (f"Content-Type: {kind}; name=\"{coded}\"\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment; filename=\"{coded}\"\r\n")


class Outlook(Style):
    charset, label = "utf-8", "utf-8"

    def headers(self, m):
        self.boundary = f"----=_NextPart_000_{self.hex(4)}_01D8E7A2.{self.hex(8)}"
        m.id = f"<{self.hex(6).lower()}$01d8e7a2${self.hex(8).lower()}@{m.sender.split('@')[1]}>"
        return (received(m.sender, m.when)
                + f"From: {word(m.name, 'utf-8', 'utf-8')} <{m.sender}>\r\nTo: <{OFFICE}>\r\nSubject: {word(m.subject, 'utf-8', 'utf-8')}\r\n"
                f"Date: {stamp(m.when)}\r\nMessage-ID: {m.id}\r\n" + m.extra
                + "MIME-Version: 1.0\r\nX-Mailer: Microsoft Outlook 16.0\r\nContent-Language: zh-cn\r\n")

    def attachment(self, name, kind):
        return (f"Content-Type: {kind};\r\n\t{rfc2231('name', name)}\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment;\r\n\t{rfc2231('filename', name)}\r\n")


class Mail:
    """One message. `files` are (name, bytes) or (name, bytes, content type); `inline` are
    (content id, name, bytes) that the HTML shows."""

    def __init__(self, style, seed, sender, name, subject, when, text, files=(), html=None, inline=(), extra="",
                 forwarded=()):
        self.style, self.sender, self.name, self.subject = style(seed), sender, name, subject
        self.when, self.text, self.files, self.html, self.inline = moment(when), text, files, html, inline
        self.extra, self.forwarded = extra, forwarded
        self.id = ""

    def text_part(self, kind, text):
        s = self.style
        return (f"Content-Type: text/{kind};\r\n\tcharset=\"{s.label}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                f"{b64(text.replace(chr(10), chr(13) + chr(10)).encode(s.charset))}\r\n")

    def body(self):
        """The part the reader sees: plain, or plain and HTML as alternatives, with inline pictures."""
        html = self.html
        if html is None and isinstance(self.style, NetEaseWeb):
            return self.text_part("plain", self.text)
        if html is None:
            html = "<html><body>" + "".join(f"<div>{line or '<br>'}</div>" for line in self.text.split("\n")) + "</body></html>"
        inner = self.style.boundary.replace("_001_", "_002_") + "_alt"
        alternatives = (f"Content-Type: multipart/alternative;\r\n\tboundary=\"{inner}\"\r\n\r\n--{inner}\r\n"
                        + self.text_part("plain", self.text) + f"--{inner}\r\n" + self.text_part("html", html)
                        + f"--{inner}--\r\n")
        if not self.inline:
            return alternatives
        related = self.style.boundary + "_rel"
        shown = "".join(f"--{related}\r\nContent-Type: image/png; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n"
                        f"Content-ID: <{cid}>\r\nContent-Disposition: inline; filename=\"{name}\"\r\n\r\n{b64(data)}\r\n"
                        for cid, name, data in self.inline)
        return (f"Content-Type: multipart/related;\r\n\tboundary=\"{related}\"\r\n\r\n--{related}\r\n"
                + alternatives + shown + f"--{related}--\r\n")

    def bytes(self):
        headers = self.style.headers(self)
        body = self.body()
        if not self.files and not self.forwarded:
            return (headers + body).encode("ascii")
        boundary = self.style.boundary
        out = [headers.encode("ascii"), f"Content-Type: multipart/mixed;\r\n\tboundary=\"{boundary}\"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n".encode(),
               f"--{boundary}\r\n{body}".encode("ascii")]
        for name, data, *kind in self.files:
            head = self.style.attachment(name, kind[0] if kind else "application/octet-stream")
            out.append(f"--{boundary}\r\n{head}\r\n{b64(data)}\r\n".encode("ascii"))
        for inner in self.forwarded:
            out.append(f"--{boundary}\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"forwarded.eml\"\r\n\r\n".encode()
                       + inner + b"\r\n")
        out.append(f"--{boundary}--\r\n".encode())
        return b"".join(out)
