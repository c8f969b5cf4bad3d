#!/usr/bin/python3
"""The Debian package: what is in it, what lintian says, and that it installs, upgrades, removes and purges.
The maintainer scripts run against a directory (dpkg --root); scripts/test-package does the same in a whole system.
usage: deb_test.py BUILD-DIR PROGRAM"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.argv.pop()  # the program only has to be built
BUILD = os.path.abspath(sys.argv.pop())
# As another user, files are given to root in appearance only.
FAKEROOT = [] if os.getuid() == 0 else ["fakeroot"]


def run(command, status=0):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
                          env={**os.environ, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"})
    if status is not None and done.returncode != status:
        raise AssertionError("%s: status %d\n%s" % (" ".join(command), done.returncode, done.stdout))
    return done.stdout


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def pack(folder, version):
    run(["cpack", "--config", BUILD + "/CPackConfig.cmake", "-G", "DEB", "-B", folder,
         "-D", "CPACK_DEBIAN_PACKAGE_VERSION=" + version])
    return str(next(pathlib.Path(folder).glob("baosong_%s-1_*.deb" % version)))


class Deb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.TemporaryDirectory()
        os.chmod(cls.room.name, 0o755)
        version = next(line.split("=", 1)[1] for line in read(BUILD + "/CMakeCache.txt").splitlines()
                       if line.startswith("CMAKE_PROJECT_VERSION:"))
        cls.deb = pack(cls.room.name + "/this", version)
        cls.older = pack(cls.room.name + "/older", "0.0.9")

    @classmethod
    def tearDownClass(cls):
        cls.room.cleanup()

    # ---- The package as it lies there ----

    def field(self, name):
        return run(["dpkg-deb", "-f", self.deb, name]).strip()

    def test_lintian_finds_no_error(self):
        done = subprocess.run(["lintian", "--fail-on", "error", "--allow-root", self.deb], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_what_is_loaded_at_run_time_is_depended_on(self):
        depends = self.field("Depends")
        for package in ("poppler-data", "ca-certificates", "libpoppler-cpp0v5", "libcurl4", "libc6 (>="):
            self.assertIn(package, depends)

    def test_all_of_the_configuration_is_kept_on_upgrade(self):
        files = {line.split()[-1].lstrip(".") for line in run(["dpkg-deb", "-c", self.deb]).splitlines()
                 if line.startswith("-")}
        conffiles = set(run(["dpkg-deb", "-I", self.deb, "conffiles"]).split())
        self.assertEqual({name for name in files if name.startswith("/etc/")}, conffiles)
        self.assertIn("/etc/baosong/units.toml", conffiles)
        for name in ("/usr/bin/baosong", "/usr/libexec/baosong/baosong-worker", "/usr/share/baosong/backup",
                     "/usr/share/doc/baosong/OPERATIONS.md", "/usr/share/doc/baosong/SYSTEMD.md",
                     "/usr/share/man/man1/baosong.1.gz", "/lib/systemd/system/baosong.service",
                     "/usr/share/doc/baosong/copyright", "/usr/share/doc/baosong/SETTINGS.md",
                     "/usr/share/bash-completion/completions/baosong", "/usr/share/baosong/config/baosong.toml"):
            self.assertIn(name, files)

    # ---- Its life ----

    def setUp(self):
        self.root = tempfile.mkdtemp(dir=self.room.name)
        os.makedirs(self.root + "/var/lib/dpkg/info")
        for name in ("status", "available"):
            open(self.root + "/var/lib/dpkg/" + name, "w").close()
        os.makedirs(self.root + "/etc")

    def path(self, name):
        return os.path.join(self.root, name.lstrip("/"))

    def dpkg(self, *arguments):
        # None of what it depends on is in this directory; the scripts take their tools from the machine.
        return run(FAKEROOT + ["dpkg", "--root=" + self.root, "--log=" + self.root + "/dpkg.log",
                               "--force-script-chrootless", "--force-depends",
                               "--force-confdef", "--force-confold", *arguments])

    def mail_comes(self):
        os.makedirs(self.path("var/lib/baosong/archive/ab"), exist_ok=True)
        with open(self.path("var/lib/baosong/archive/ab/mail.eml"), "w") as file:
            file.write("evidence")
        os.makedirs(self.path("etc/credstore"), exist_ok=True)
        with open(self.path("etc/credstore/baosong.code"), "w") as file:
            file.write("code")

    def enabled(self):
        return os.path.islink(self.path("etc/systemd/system/multi-user.target.wants/baosong.service"))

    def test_it_installs_enabled_and_says_what_is_next(self):
        said = self.dpkg("-i", self.deb)
        self.assertIn("授权码", said)
        self.assertIn("baosong:", read(self.path("etc/passwd")))
        self.assertEqual(os.stat(self.path("var/lib/baosong")).st_mode & 0o7777, 0o700)
        self.assertTrue(self.enabled())
        # The shipped settings for the real mailbox are faultless together with what lies beside them.
        said = run([self.path("usr/bin/baosong"), "config", "check", "--config", self.path("etc/baosong/baosong.toml")])
        self.assertIn("配置正确", said)

    def test_the_installed_program_has_its_own_configuration_to_fall_back_on(self):
        if os.path.exists("/etc/baosong/baosong.toml"):
            self.skipTest("this machine has a configuration of its own")
        self.dpkg("-i", self.deb)
        said = run([self.path("usr/bin/baosong"), "config", "check"])
        self.assertIn(self.path("usr/share/baosong/config/baosong.toml"), said)

    def test_an_upgrade_keeps_what_was_changed_and_what_was_switched_off(self):
        self.dpkg("-i", self.older)
        with open(self.path("etc/baosong/units.toml"), "a", encoding="utf-8") as file:
            file.write("# ours\n")
        os.remove(self.path("etc/systemd/system/multi-user.target.wants/baosong.service"))  # systemctl disable
        self.mail_comes()
        said = self.dpkg("-i", self.deb)
        self.assertNotIn("授权码", said)
        self.assertIn("# ours", read(self.path("etc/baosong/units.toml")))
        self.assertFalse(self.enabled())
        self.assertTrue(os.path.exists(self.path("var/lib/baosong/archive/ab/mail.eml")))

    def test_removal_keeps_configuration_code_and_state(self):
        self.dpkg("-i", self.deb)
        self.mail_comes()
        self.dpkg("-r", "baosong")
        self.assertFalse(os.path.exists(self.path("usr/bin/baosong")))
        for name in ("etc/baosong/baosong.toml", "etc/credstore/baosong.code", "var/lib/baosong/archive/ab/mail.eml"):
            self.assertTrue(os.path.exists(self.path(name)), name)
        self.dpkg("-i", self.deb)
        self.assertTrue(os.path.exists(self.path("usr/bin/baosong")))
        self.assertTrue(self.enabled())

    def test_a_purge_destroys_no_evidence(self):
        self.dpkg("-i", self.deb)
        self.mail_comes()
        said = self.dpkg("-P", "baosong")
        for name in ("etc/baosong", "etc/credstore/baosong.code", "lib/systemd/system/baosong.service",
                     "etc/systemd/system/multi-user.target.wants/baosong.service"):
            self.assertFalse(os.path.lexists(self.path(name)), name)
        self.assertTrue(os.path.exists(self.path("var/lib/baosong/archive/ab/mail.eml")))
        self.assertIn("仍保留", said)

    def test_a_purge_leaves_nothing_where_nothing_came(self):
        self.dpkg("-i", self.deb)
        said = self.dpkg("-P", "baosong")
        self.assertFalse(os.path.exists(self.path("var/lib/baosong")))
        self.assertNotIn("仍保留", said)


if __name__ == "__main__":
    for program in ("lintian", "dpkg", "cpack", *FAKEROOT):
        if not shutil.which(program):
            sys.exit(program + " is missing: scripts/install-deps")
    unittest.main()
