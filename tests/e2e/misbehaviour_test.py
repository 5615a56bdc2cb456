"""Clients that go away, do not read, or fill the server: what it costs it, and what others notice."""

import re
import socket
import time
import unittest

from actions_test import ask, protoc
from http2_call import (DATA, END_HEADERS, END_STREAM, HEADERS, PREFACE, SETTINGS, connect, frame,
                        headers_of)
from metrics_test import key, scrape
from programs import PATIENCE_SECONDS, Server

RECEIVE = "/twinq.v1.QueueService/ReceiveMessage"
RST_STREAM = 3
CANCEL = b"\0\0\0\x08"
NO_WINDOW = b"\0\x04\0\0\0\0"  # SETTINGS_INITIAL_WINDOW_SIZE


def receives(first, count, request):
    """The frames of so many calls on one connection, on the odd streams from `first` on."""
    message = protoc("encode", "ReceiveMessageRequest", request.encode())
    grpc_message = b"\0" + len(message).to_bytes(4, "big") + message
    return b"".join(frame(HEADERS, END_HEADERS, stream, headers_of(RECEIVE))
                    + frame(DATA, END_STREAM, stream, grpc_message)
                    for stream in range(first, first + 2 * count, 2))


class Polls(unittest.TestCase):
    CONNECTIONS = 5
    POLLS = 2_000  # On each.

    def await_waiting(self, server, count):
        """Until so many polls wait; the figures then."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        series = scrape(server)
        while series[key("twinq_waiting_receives")] != count:
            self.assertLess(time.monotonic(), deadline, series[key("twinq_waiting_receives")])
            series = scrape(server)
        return series

    def test_ten_thousand_that_are_cancelled_leave_nothing_behind(self):
        with Server("--metrics=127.0.0.1:0") as server:
            server.twinq("queue", "create", "jobs")
            connections = [connect(server.address) for _ in range(self.CONNECTIONS)]
            polls = receives(1, self.POLLS, 'queue_url: "jobs" wait_time_seconds: 20')
            for connection in connections:
                connection.sendall(PREFACE + frame(SETTINGS, 0, 0, b"") + polls)
            series = self.await_waiting(server, self.CONNECTIONS * self.POLLS)
            self.assertGreater(series[key("twinq_memory_bytes", account="waiting_receives")], 0)

            # Some by the call, some by an end of the connection, some by a reset of it.
            for stream in range(1, 2 * self.POLLS, 2):
                connections[0].sendall(frame(RST_STREAM, 0, stream, CANCEL))
            for connection in connections[1:3]:
                connection.close()
            for connection in connections[3:]:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()

            series = self.await_waiting(server, 0)
            self.assertEqual(series[key("twinq_memory_bytes", account="waiting_receives")], 0)
            connections[0].close()
            for number in range(10):
                server.twinq("send", "jobs", f"body-{number}")
            received, _ = ask(server, "ReceiveMessage", """queue_url: "jobs"
                max_number_of_messages: 10
                message_system_attribute_names: "ApproximateReceiveCount" """)
            self.assertEqual(len(re.findall(r'body: "body-\d"', received)), 10)
            self.assertEqual(re.findall(r'key: "ApproximateReceiveCount"\s+value: "(\d+)"', received),
                             ["1"] * 10)


class AnswersThatAreNotRead(unittest.TestCase):
    TOO_MUCH = rb"RequestThrottled"

    def test_hold_up_nobody_else(self):
        with Server("--transit-max=64MiB") as server:
            server.twinq("queue", "create", "large")
            for _ in range(10):
                server.twinq("send", "large", "x" * 100_000)
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "jobs", "a")
            received, _ = ask(server, "ReceiveMessage", 'queue_url: "jobs"')
            handle = re.search(r'receipt_handle: "(.*)"', received).group(1)

            with connect(server.address) as silent:
                # No window, so that only refusals come back; 10 x 100,000 bytes for each.
                silent.sendall(PREFACE + frame(SETTINGS, 0, 0, NO_WINDOW)
                               + receives(1, 100, """queue_url: "large" max_number_of_messages: 10
                                                     visibility_timeout: 0"""))
                seen = b""
                while self.TOO_MUCH not in seen:
                    chunk = silent.recv(65536)
                    self.assertNotEqual(chunk, b"", "the connection was closed")
                    seen += chunk

                self.assertEqual(server.twinq("send", "jobs", "b").returncode, 0)
                _, headers = ask(server, "DeleteMessage",
                                 f'queue_url: "jobs" receipt_handle: "{handle}"')
                self.assertNotIn(b"twinq-error", headers)
                for queue, body in (("jobs", "b"), ("large", "x" * 100_000)):
                    received = server.twinq("receive", queue, "--output=raw")
                    self.assertEqual(received.stdout, f"{body}\n", received.stderr)


# As the header `grpc-status` of a refusal has it.
RESOURCE_EXHAUSTED = b"grpc-status\x018"


class FullMemory(unittest.TestCase):
    def test_refuses_sends_until_messages_are_deleted(self):
        with Server("--memory-max=1MiB") as server:
            server.twinq("queue", "create", "jobs")
            sends = 0
            sent = server.twinq("send", "jobs", "x" * 100_000)
            while sent.returncode == 0 and sends < 20:
                sends += 1
                sent = server.twinq("send", "jobs", "x" * 100_000)

            self.assertEqual(sends, 10)
            self.assertEqual(sent.returncode, 1)
            self.assertIn("The server's memory is full: queues and messages may take 1048576 bytes.",
                          sent.stderr)
            # Over the wire: what is left takes a few that are small.
            headers = b""
            while b"twinq-error" not in headers:
                _, headers = ask(server, "SendMessage",
                                 f'queue_url: "jobs" message_body: "{"x" * 15_000}"')
            self.assertIn(RESOURCE_EXHAUSTED, headers)
            self.assertIn(b"RequestThrottled", headers)
            server.await_log(" event=memory_full ")
            self.assertEqual(server.twinq("receive", "jobs", "--ack").returncode, 0)
            self.assertEqual(server.twinq("send", "jobs", "x" * 90_000).returncode, 0)


if __name__ == "__main__":
    unittest.main()
