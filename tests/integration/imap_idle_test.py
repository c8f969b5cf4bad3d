#!/usr/bin/python3
"""IDLE (RFC 2177) with a scripted server that offers it.  usage: imap_idle_test.py PROGRAM"""
import time
import unittest

from imap_faults import FIRST_UID, Hangup, Mail, Script
from imap_office import Office, make_mail


class Idles(Script):
    """Tells of new mail by itself."""
    capabilities = "IMAP4rev1 ID IDLE"

    def __init__(self):
        self.told = 0

    def do_idle(self, s, tag, rest):
        s.line("+ idling")
        s.idling = tag

    def do_examine(self, s, tag, rest):
        self.told = len(s.server.mails)
        super().do_examine(s, tag, rest)

    def while_idle(self, s):
        if len(s.server.mails) != self.told:
            self.told = len(s.server.mails)
            s.line("* %d EXISTS" % self.told)


class Refuses(Idles):
    def do_idle(self, s, tag, rest):
        s.line(tag + " NO not today")


class Leaves(Idles):
    def while_idle(self, s):
        s.line("* BYE idle for too long")
        raise Hangup()


class Chatters(Idles):
    def while_idle(self, s):
        s.line("* %d EXISTS" % len(s.server.mails))


class Stalls(Idles):
    def do_idle(self, s, tag, rest):
        s.stall()


class Idle(Office):
    def idling(self, script, poll="1h"):
        self.server.script = script
        service = self.service(mailbox_poll=poll)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.wait_for(lambda: "IDLE" in self.server.commands, service)
        return service

    def more(self, number):
        self.mails.append(make_mail(number, 3000))
        self.server.mails.append(Mail(FIRST_UID + 100 + number, self.mails[-1]))

    def ends_well(self, service):
        self.assertEqual(service.stop(), 0, service.said)
        self.assertEqual(service.lines("未成功|取不到|错误"), [])

    def test_a_mail_that_comes_while_idling(self):
        service = self.idling(Idles())
        for number in (20, 21):  # the next look is an hour away
            self.more(number)
            self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
            self.wait_for(lambda: self.server.commands[-1] == "IDLE", service)
        self.ends_well(service)
        self.assertEqual(self.server.commands[-1], "LOGOUT")
        self.assertEqual(self.server.connections, 1)

    def test_a_server_that_refuses_it_is_asked_once(self):
        service = self.idling(Refuses(), poll="1s")
        self.more(22)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.ends_well(service)
        self.assertEqual(self.server.commands.count("IDLE"), 1)

    def test_a_server_that_ends_it_is_not_spoken_of(self):
        service = self.idling(Leaves(), poll="1s")
        self.wait_for(lambda: self.server.connections > 2, service)
        self.more(23)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.ends_well(service)
        self.assertEqual(self.server.most_at_once, 1)

    def test_a_server_that_stalls_at_it(self):
        service = self.idling(Stalls(), poll="1s")
        self.wait_for(lambda: self.server.commands.count("EXAMINE") > 6, service)
        self.assertEqual(self.server.commands.count("IDLE"), 3)
        self.more(24)
        self.wait_for(lambda: len(self.archived()) == len(self.mails), service)
        self.ends_well(service)

    def test_much_news_is_no_reason_to_hurry(self):
        begin = time.monotonic()
        service = self.idling(Chatters())
        self.wait_for(lambda: self.server.commands.count("EXAMINE") > 2, service)
        self.ends_well(service)
        looks = self.server.commands.count("EXAMINE")
        self.assertLessEqual(looks, (time.monotonic() - begin) / 2 + 2)


if __name__ == "__main__":
    unittest.main()
