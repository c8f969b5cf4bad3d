#!/usr/bin/env python3
"""Shows letters as a reader would see them, oldest first: show_letter.py [--list] [--subject WORDS] FILE…

--list: one line a letter. --subject: the first letter whose subject has these words, in full."""
import argparse
import email
import email.header
import email.policy
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--subject", default="")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    letters = []
    for name in options.files:
        with open(name, "rb") as file:
            letters.append(email.message_from_binary_file(file, policy=email.policy.default))
    for letter in sorted(letters, key=lambda one: (one["date"].datetime, one["to"])):
        if options.list:
            print(f"  {letter['date'].datetime:%m-%d}  {letter['to']:<26} {letter['subject']}")
        elif options.subject in letter["subject"]:
            for field, value in letter.raw_items():
                print(f"{field}: {email.header.make_header(email.header.decode_header(value))}")
            print("\n" + letter.get_body(("plain",)).get_content())
            return 0
    return 0 if options.list else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
