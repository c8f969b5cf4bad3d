#!/usr/bin/python3
"""Receives a mailbox with one request for each mail, each file as durable as Baosong's: written, fsynced,
renamed, its directory fsynced. usage: one_at_a_time.py PORT CA-FILE DIRECTORY"""
import hashlib
import imaplib
import os
import re
import ssl
import sys

port, ca, directory = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.makedirs(directory)
folder = os.open(directory, os.O_RDONLY)
imap = imaplib.IMAP4_SSL("localhost", port, ssl_context=ssl.create_default_context(cafile=ca))
imap.login("office", "code")
imap.select("INBOX", readonly=True)
_, listed = imap.uid("FETCH", "1:*", "(UID RFC822.SIZE INTERNALDATE)")
for line in listed:
    uid = re.search(rb"UID (\d+)", line).group(1).decode()
    _, answer = imap.uid("FETCH", uid, "(UID INTERNALDATE BODY.PEEK[])")
    mail = answer[0][1]
    temporary = os.path.join(directory, "part")
    with open(temporary, "wb") as file:
        file.write(mail)
        file.flush()
        os.fsync(file.fileno())
    os.rename(temporary, os.path.join(directory, hashlib.sha256(mail).hexdigest()))
    os.fsync(folder)
imap.logout()
