// A message's whole way: a queue is made, the message is sent, received, handled and deleted.
//
//   first_message [ADDRESS:PORT]

#include "absl/strings/str_format.h"

#include "client/lib/channel.h"
#include "client/lib/queue_client.h"

namespace {

absl::Status SendAndReceive(twinq::client::QueueClient& queues) {
  const auto queue = queues.CreateQueue("jobs", twinq::client::QueueKind::kStandard);
  if (!queue.ok()) return queue.status();

  const auto sent = queues.SendMessage(*queue, "resize 42");
  if (!sent.ok()) return sent.status();
  absl::PrintF("sent %s\n", sent->message_id);

  const auto received = queues.ReceiveMessages(*queue, {.wait = absl::Seconds(20)});
  if (!received.ok()) return received.status();
  for (const twinq::client::ReceivedMessage& message : *received) {
    absl::PrintF("received %s\n", message.body);
    // Until it is deleted the message is only hidden: a program that ends before this line leaves
    // it to the next one.
    absl::Status deleted = queues.DeleteMessage(*queue, message.receipt_handle);
    if (!deleted.ok()) return deleted;
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  twinq::client::QueueClient queues(twinq::client::Connect(argc > 1 ? argv[1] : "127.0.0.1:9323"));
  const absl::Status outcome = SendAndReceive(queues);
  if (!outcome.ok()) absl::FPrintF(stderr, "%s\n", outcome.ToString());
  return outcome.ok() ? 0 : 1;
}
