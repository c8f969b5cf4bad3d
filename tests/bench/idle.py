#!/usr/bin/python3
"""What an idle service costs, from a Maildir and from a Dovecot, polling every 30 s with its endpoint on.
usage: idle.py PROGRAM SAMPLES [SECONDS]      (SAMPLES: what tests/samples/generate.py writes)"""
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration"))
from dovecot import Dovecot  # noqa: E402
from service import Service, free_port  # noqa: E402

ARRIVED = 1666598400  # 2022-10-24T16:00:00+08:00


def cpu_seconds(pid):
    with open("/proc/%d/stat" % pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    with open("/proc/%d/status" % pid) as file:
        lines = dict(line.split(":", 1) for line in file)
    return {name: int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}


def main(program, samples, seconds):
    room = tempfile.mkdtemp(prefix="baosong-idle-")
    os.chmod(room, 0o755)
    os.mkdir(room + "/dovecot")
    server = Dovecot(room + "/dovecot")
    with open(room + "/code", "w") as file:
        file.write("code\n")
    os.chmod(room + "/code", 0o600)
    imap = {"mailbox.url": "imaps://localhost:%d" % server.port, "mailbox.user": "office",
            "mailbox.password_file": room + "/code", "mailbox.ca_file": server.ca}
    services = {}
    for name, settings in (("maildir", {}), ("imap", imap)):
        os.mkdir(os.path.join(room, name))
        services[name] = Service(program, os.path.join(room, name), {
            **settings, "mailbox.poll": "30s", "service.metrics": "127.0.0.1:%d" % free_port()})
    for number, name in enumerate(sorted(n for n in os.listdir(samples) if n.endswith(".eml"))):
        with open(os.path.join(samples, name), "rb") as file:
            data = file.read()
        services["maildir"].deliver(name, data)
        server.put("%d.demo" % number, data, ARRIVED + number)
    try:
        for service in services.values():
            service.start(ready=False)
            service.wait_log("处理")
        time.sleep(30)
        start = {name: (cpu_seconds(s.process.pid), time.monotonic()) for name, s in services.items()}
        time.sleep(seconds)
        for name, service in services.items():
            used = cpu_seconds(service.process.pid) - start[name][0]
            share = 100 * used / (time.monotonic() - start[name][1])
            held = memory(service.process.pid)
            print("%-8s %.4f %% of a core, %.1f MB resident, of which %.1f MB its own"
                  % (name, share, held["VmRSS"], held["RssAnon"]))
    finally:
        for service in services.values():
            service.kill()
        server.stop()


main(os.path.abspath(sys.argv[1]), sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 150)
