"""The metrics port: figures that agree with what was sent, health, and clients that mean harm."""

import re
import socket
import tempfile
import unittest
import urllib.error
import urllib.request

from http2_call import UnfinishedCall
from programs import PATIENCE_SECONDS, Server, finish, run

SAMPLE = re.compile(r'([a-z_]+)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


def get(address, path):
    """Status and body of a page."""
    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=PATIENCE_SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def scrape(server):
    """Every series of /metrics: (name, labels) -> value."""
    status, text = get(server.metrics, "/metrics")
    assert status == 200, text
    series = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.fullmatch(line).groups()
        key = (name, frozenset(LABEL.findall(labels or "")))
        assert key not in series, f"twice: {line}"
        series[key] = float(value)
    return series


def key(name, **labels):
    return name, frozenset(labels.items())


class Figures(unittest.TestCase):
    def test_agree_with_what_was_sent(self):
        with Server("--metrics=127.0.0.1:0") as server:
            server.twinq("queue", "create", "jobs")
            for body in ("a", "b", "c"):
                server.twinq("send", "jobs", body)
            server.twinq("receive", "jobs", "--ack")
            server.twinq("receive", "jobs")
            for _ in range(2):
                server.twinq("send", "nobody", "a")

            series = scrape(server)

        def requests(action, error=""):
            return series.get(key("twinq_requests_total", action=action, error=error), 0)

        self.assertEqual(requests("CreateQueue"), 1)
        self.assertEqual(requests("SendMessage"), 3)
        self.assertEqual(requests("SendMessage", "QueueDoesNotExist"), 2)
        self.assertEqual(requests("ReceiveMessage"), 2)
        self.assertEqual(requests("DeleteMessage") + requests("DeleteMessageBatch"), 1)
        self.assertEqual(series[key("twinq_request_duration_seconds_count", action="SendMessage")], 5)
        self.assertEqual(series[key("twinq_requests_under_way", action="SendMessage")], 0)
        for state, count in (("visible", 1), ("in_flight", 1), ("delayed", 0)):
            self.assertEqual(series[key("twinq_queue_messages", queue="jobs", state=state)], count)
            self.assertEqual(series[key("twinq_messages", state=state)], count)
        self.assertEqual(series[key("twinq_queues")], 1)
        self.assertGreater(series[key("twinq_queue_oldest_message_age_seconds", queue="jobs")], 0)
        self.assertGreater(series[key("process_resident_memory_bytes")], 1 << 20)

    def test_what_clients_say_never_makes_a_series(self):
        with Server("--metrics=127.0.0.1:0") as server:
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "nobody", "a")
            before = set(scrape(server))

            for number in range(20):
                server.twinq("send", f"nobody-{number}", "a")
            with UnfinishedCall(server.address, "/twinq.v1.QueueService/NoSuchAction"):
                pass

            self.assertEqual(set(scrape(server)), before)

    def test_a_queue_that_is_gone_has_no_series(self):
        with Server("--metrics=127.0.0.1:0") as server:
            server.twinq("queue", "create", "jobs")
            self.assertIn(key("twinq_queue_messages", queue="jobs", state="visible"), scrape(server))

            server.twinq("queue", "delete", "jobs")

            self.assertNotIn(key("twinq_queue_messages", queue="jobs", state="visible"), scrape(server))

    def test_a_journal_has_figures_also_of_its_recovery(self):
        with tempfile.TemporaryDirectory() as data:
            with Server(f"--data-dir={data}") as server:
                server.twinq("queue", "create", "jobs")
                server.twinq("send", "jobs", "a")
                server.terminate()
                finish(server.process)
            with Server(f"--data-dir={data}", "--metrics=127.0.0.1:0") as server:
                server.twinq("send", "jobs", "b")

                series = scrape(server)

        self.assertGreaterEqual(series[key("twinq_recovery_records")], 3)
        self.assertGreaterEqual(series[key("twinq_journal_sync_duration_seconds_count")], 1)
        self.assertGreater(series[key("twinq_journal_appended_bytes_total")], 0)
        self.assertEqual(series[key("twinq_journal_segments")], 1)
        self.assertEqual(series[key("twinq_queue_messages", queue="jobs", state="visible")], 2)

    def test_each_is_explained(self):
        with tempfile.TemporaryDirectory() as data:
            with Server(f"--data-dir={data}", "--metrics=127.0.0.1:0") as server:
                _, text = get(server.metrics, "/metrics")
        families = re.findall(r"^# TYPE (\S+) ", text, flags=re.MULTILINE)

        with open("../../docs/operations.md", encoding="utf-8") as file:
            explained = re.findall(r"^\| `((?:twinq|process)_[a-z_]+)`", file.read(), flags=re.MULTILINE)
        self.assertEqual(explained, families)


class Health(unittest.TestCase):
    def test_the_ready_line_has_the_address_and_the_pages_say_ok(self):
        with Server("--metrics=127.0.0.1:0") as server:
            self.assertEqual(get(server.metrics, "/healthz"), (200, "ok\n"))
            self.assertEqual(get(server.metrics, "/readyz"), (200, "ok\n"))
            self.assertEqual(get(server.metrics, "/")[0], 404)

    def test_a_server_that_ends_is_alive_but_not_ready(self):
        with Server("--metrics=127.0.0.1:0") as server:
            with UnfinishedCall(server.address, "/twinq.v1.QueueService/SendMessage"):
                server.terminate()
                server.await_log("event=ending reason=SIGTERM")
                # The log says so just before it is.
                status, line = get(server.metrics, "/readyz")
                while status == 200:
                    status, line = get(server.metrics, "/readyz")

                self.assertEqual(status, 503)
                self.assertRegex(line, r"\Aending: .*\n\Z")
                self.assertEqual(get(server.metrics, "/healthz")[0], 200)

    def test_an_occupied_port_is_a_clear_error(self):
        with Server("--metrics=127.0.0.1:0") as server:
            done = run("twinqd", "--grpc=127.0.0.1:0", f"--metrics={server.metrics}")

            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f'reason="cannot listen on --metrics={server.metrics}" exit_code=1\n',
                          done.stderr)

    def test_it_is_off_by_default(self):
        with Server() as server:
            self.assertIsNone(server.metrics)


class Harm(unittest.TestCase):
    def test_requests_without_sense_leave_the_server_as_it_is(self):
        with Server("--metrics=127.0.0.1:0") as server:
            host, port = server.metrics.rsplit(":", 1)
            for sent in (b"\0" * 100_000, b"GET " + b"/" * 100_000, b"GET / HTTP/1.1\r\n" * 10_000,
                         b"POST /metrics HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n" + b"x" * 100_000):
                with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
                    try:
                        connection.sendall(sent)
                        connection.shutdown(socket.SHUT_WR)
                        while connection.recv(65536):
                            pass
                    except OSError:
                        pass  # It has been cut off.

            self.assertEqual(get(server.metrics, "/readyz"), (200, "ok\n"))
            server.terminate()
            self.assertEqual(server.process.wait(timeout=PATIENCE_SECONDS), 0)

    def test_clients_that_say_nothing_do_not_hold_up_the_end(self):
        with Server("--metrics=127.0.0.1:0") as server:
            host, port = server.metrics.rsplit(":", 1)
            silent = [socket.create_connection((host, int(port))) for _ in range(8)]

            server.terminate()

            self.assertEqual(server.process.wait(timeout=PATIENCE_SECONDS), 0)
            for connection in silent:
                connection.close()


if __name__ == "__main__":
    unittest.main()
