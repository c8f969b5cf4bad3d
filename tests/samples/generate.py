#!/usr/bin/env python3
"""Writes the sample mails: generate.py DIRECTORY [--big] [--list] [--only NAME…]

Needs Python 3 and python3-pil. The same version of PIL gives the same bytes. Every person, school,
address and telephone number is invented."""
import argparse
import email
import email.utils
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))


def cases():
    """(name, function), in the order of the names."""
    import cases as people
    import formats
    import machines
    found = {name: f for module in (people, formats, machines) for name, f in vars(module).items() if name.startswith("case_")}
    return [(name[5:].replace("_", "-"), found[name]) for name in sorted(found)]


def main():
    parser = argparse.ArgumentParser(description="Write the sample mails of the tests and the demo.")
    parser.add_argument("directory", nargs="?", help="where the .eml files go")
    parser.add_argument("--big", action="store_true", help="also write big.eml, about 20 MB")
    parser.add_argument("--list", action="store_true", help="print the names, write nothing")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these")
    options = parser.parse_args()
    if options.list:
        print("\n".join(name for name, _ in cases()))
        return 0
    if not options.directory:
        parser.error("where to?")
    target = pathlib.Path(options.directory)
    target.mkdir(parents=True, exist_ok=True)
    chosen = [(n, f) for n, f in cases() if not options.only or n in options.only]
    if options.big:
        import cases as people
        chosen.append(("big", people.big))
    total = 0
    for i, (name, make) in enumerate(chosen, 1):
        mail = make()
        data = mail if isinstance(mail, bytes) else mail.bytes()
        part = target / f"{name}.eml.part"
        part.write_bytes(data)
        sent = email.utils.parsedate_to_datetime(email.message_from_bytes(data)["date"]).timestamp()
        os.utime(part, (sent, sent))  # the demo delivers them day by day
        part.rename(target / f"{name}.eml")
        total += len(data)
        if sys.stderr.isatty():
            print(f"\r\x1b[Ksample mails {i}/{len(chosen)}  {name}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print(f"{len(chosen)} sample mails, {total / 1e6:.1f} MB, in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
