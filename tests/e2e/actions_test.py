"""Actions that the command-line client does not have, as requests in protobuf's text form."""

import os
import pathlib
import re
import subprocess
import unittest

from http2_call import call
from programs import PATIENCE_SECONDS, Server

ROOT = pathlib.Path(__file__).resolve().parents[2]


def protoc(mode, message, text):
    return subprocess.run([os.environ["TWINQ_PROTOC"], f"--{mode}=twinq.v1.{message}",
                           f"--proto_path={ROOT}", "proto/twinq/v1/queue.proto"],
                          input=text, capture_output=True, timeout=PATIENCE_SECONDS,
                          check=True).stdout


def ask(server, action, request):
    """The response in protobuf's text form, and the headers that end the call."""
    message, headers = call(server.address, f"/twinq.v1.QueueService/{action}",
                            protoc("encode", f"{action}Request", request.encode()))
    return protoc("decode", f"{action}Response", message).decode(), headers


class Actions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def ask(self, action, request):
        """The response to a request that must succeed."""
        response, headers = ask(self.server, action, request)
        self.assertNotIn(b"twinq-error", headers)
        return response

    def assert_refused(self, action, request, error):
        response, headers = ask(self.server, action, request)
        self.assertEqual(response, "")
        self.assertIn(b"twinq-error", headers)
        self.assertIn(error, headers)

    def test_batches_fail_by_the_entry(self):
        self.server.twinq("queue", "create", "batches")

        sent = self.ask("SendMessageBatch", """queue_url: "batches"
            entries { id: "good" message_body: "a" }
            entries { id: "bad" message_body: "b" delay_seconds: 901 }
            entries { id: "late" message_body: "c" delay_seconds: 900 }""")
        received = self.ask("ReceiveMessage", 'queue_url: "batches" max_number_of_messages: 10')
        handle = re.search(r'receipt_handle: "(.*)"', received).group(1)
        changed = self.ask("ChangeMessageVisibilityBatch", f"""queue_url: "batches"
            entries {{ id: "back" receipt_handle: "{handle}" visibility_timeout: 0 }}""")
        deleted = self.ask("DeleteMessageBatch", f"""queue_url: "batches"
            entries {{ id: "gone" receipt_handle: "{handle}" }}
            entries {{ id: "none" receipt_handle: "garbage" }}""")

        self.assertEqual(re.findall(r' id: "(.*)"', sent), ["good", "late", "bad"])
        self.assertIn('code: "InvalidParameterValue"', sent)
        self.assertEqual(re.findall(r' body: "(.*)"', received), ["a"])
        self.assertEqual(re.findall(r' id: "(.*)"', changed), ["back"])
        self.assertEqual(re.findall(r' id: "(.*)"', deleted), ["gone", "none"])
        self.assertIn('code: "ReceiptHandleIsInvalid"', deleted)
        self.assertEqual(self.server.twinq("receive", "batches").returncode, 4)

    def test_a_batch_may_be_refused_as_a_whole(self):
        self.server.twinq("queue", "create", "refused")

        self.assert_refused("SendMessageBatch", """queue_url: "refused"
            entries { id: "a" message_body: "a" }
            entries { id: "a" message_body: "b" }""", b"BatchEntryIdsNotDistinct")
        self.assertEqual(self.server.twinq("receive", "refused").returncode, 4)

    def test_a_queue_is_purged_once_in_a_minute(self):
        self.server.twinq("queue", "create", "purged")
        self.server.twinq("send", "purged", "a")

        self.ask("PurgeQueue", 'queue_url: "purged"')

        self.assertEqual(self.server.twinq("receive", "purged").returncode, 4)
        self.assert_refused("PurgeQueue", 'queue_url: "purged"', b"PurgeQueueInProgress")

    def test_attributes_are_set_together_or_not_at_all(self):
        self.server.twinq("queue", "create", "settings")

        self.assert_refused("SetQueueAttributes", """queue_url: "settings"
            attributes { key: "DelaySeconds" value: "900" }
            attributes { key: "VisibilityTimeout" value: "43201" }""", b"InvalidAttributeValue")
        self.server.twinq("send", "settings", "at once")
        self.assertIn("at once", self.server.twinq("receive", "settings", "--ack").stdout)

        self.ask("SetQueueAttributes", """queue_url: "settings"
            attributes { key: "DelaySeconds" value: "900" }""")
        self.server.twinq("send", "settings", "later")
        self.assertEqual(self.server.twinq("receive", "settings").returncode, 4)


if __name__ == "__main__":
    unittest.main()
