"""The Dockerfile and docker-compose.yml, as far as they can be tried without a container engine."""

import contextlib
import os
import pathlib
import re
import shlex
import signal
import subprocess
import unittest

import yaml

from programs import PATIENCE_SECONDS, Server, environment_with, path_of, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ("twinqd", "twinq")
# In every Debian.
ESSENTIAL_PACKAGES = {"libc6"}


def read_stages():
    """The Dockerfile: for each stage its instructions, as (word, rest) with continuations joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    stages = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        if word and word != "#":
            stages[-1].append((word, " ".join(rest.split())))
    return stages


def read_services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def packages_of_libraries(program):
    """The Debian packages of the shared libraries that the program is linked with."""
    linked = subprocess.run(["ldd", path_of(program)], capture_output=True, text=True, check=True)
    packages = set()
    for path in re.findall(r"=> (/\S+)", linked.stdout):
        # The package may name it from before /lib became a link to /usr/lib.
        real = os.path.realpath(path)
        owners = subprocess.run(["dpkg-query", "--search", real, real.removeprefix("/usr")],
                                capture_output=True, text=True, check=False).stdout
        packages.update(re.findall(r"^([^:,\s]+)", owners, flags=re.MULTILINE))
    return packages


class Dockerfile(unittest.TestCase):
    def setUp(self):
        self.build, self.runtime = read_stages()
        self.said = dict(self.runtime)
        self.environment = dict(pair.split("=", 1) for pair in self.said["ENV"].split())

    def test_both_stages_are_debian_12(self):
        self.assertEqual(self.build[0], ("FROM", "debian:12 AS build"))
        self.assertEqual(self.runtime[0], ("FROM", "debian:12"))

    def test_it_is_set_up_and_built_as_everywhere_else(self):
        commands = [shlex.split(rest) for word, rest in self.build if word == "RUN"]

        self.assertEqual(commands, [["./dev", "setup"], ["./dev", "build", "--target", *PROGRAMS]])
        self.assertIn(("COPY", "dev ."), self.build)

    def test_the_packages_are_those_of_the_programs_libraries(self):
        installed = re.search(r"apt-get install --yes --no-install-recommends ([^&]*)",
                              self.said["RUN"]).group(1)
        needed = set().union(*map(packages_of_libraries, PROGRAMS))

        self.assertEqual(set(installed.split()), needed - ESSENTIAL_PACKAGES)

    def test_it_serves_from_its_volume_as_a_user_of_its_own(self):
        settings = run("twinqd", "--print-config", environment=self.environment)

        self.assertEqual((settings.returncode, settings.stderr), (0, ""))
        self.assertRegex(settings.stdout, rf"grpc = 0\.0\.0\.0:{self.said['EXPOSE']} ")
        self.assertRegex(settings.stdout, rf"data-dir = {self.said['VOLUME']} ")
        self.assertIn(f"useradd --system {self.said['USER']} ", self.said["RUN"])
        self.assertIn(f"--owner={self.said['USER']} --mode=700 {self.said['VOLUME']}",
                      self.said["RUN"])
        self.assertEqual(self.said["STOPSIGNAL"], "SIGTERM")
        self.assertEqual(self.said["ENTRYPOINT"], '["twinqd"]')

    def test_it_is_healthy_while_it_serves(self):
        program, *arguments = yaml.safe_load(self.said["HEALTHCHECK"].partition(" CMD ")[2])
        with Server() as server:
            serving = run(program, *arguments, environment={"TWINQ_SERVER": server.address})
        gone = run(program, *arguments, environment={"TWINQ_SERVER": server.address})

        self.assertEqual(serving.returncode, 0, serving.stderr)
        self.assertNotEqual(gone.returncode, 0)


class Compose(unittest.TestCase):
    def setUp(self):
        self.services = read_services()

    @contextlib.contextmanager
    def running(self, name, server):
        """The script of a service, against this server; its process, whose group ends at last."""
        service = self.services[name]
        words = [word.replace("$$", "$") for word in (*service["entrypoint"], *service["command"])]
        path = f"{os.environ['TWINQ_PROGRAMS']}:{os.environ['PATH']}"
        environment = environment_with({**service["environment"], "PATH": path,
                                        "TWINQ_SERVER": server.address})
        with subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              start_new_session=True) as process:
            try:
                yield process
            finally:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate(timeout=PATIENCE_SECONDS)

    def test_the_server_knows_its_flags_and_keeps_messages_in_the_volume(self):
        server = self.services["server"]
        volume = dict(read_stages()[1])["VOLUME"]

        done = run("twinqd", *server["command"], f"--data-dir={volume}", "--print-config")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual([mount.split(":")[1] for mount in server["volumes"]], [volume])

    def test_what_the_producer_sends_the_consumer_receives(self):
        with Server() as server, self.running("consumer", server) as consumer, \
                self.running("producer", server):
            lines = iter(consumer.stdout.readline, "")

            self.assertTrue(any(line.startswith("order of ") for line in lines))

    def test_the_clients_find_the_server_by_its_name_and_port(self):
        port = dict(read_stages()[1])["EXPOSE"]
        for name in ("producer", "consumer"):
            self.assertEqual(self.services[name]["environment"], {"TWINQ_SERVER": f"server:{port}"})
        self.assertEqual(self.services["server"]["ports"], [f"127.0.0.1:{port}:{port}"])


if __name__ == "__main__":
    unittest.main()
