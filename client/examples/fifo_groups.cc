// A FIFO queue: order within a message group, and a repeated send that is stored once. While a
// group's first message is with a consumer, the group's others wait, and other groups go on.
//
//   fifo_groups [ADDRESS:PORT]

#include <string>

#include "absl/strings/str_format.h"

#include "client/lib/channel.h"
#include "client/lib/queue_client.h"

namespace {

using twinq::client::QueueClient;

struct Order {
  const char* customer;  // The group.
  const char* text;
  const char* id;  // The deduplication id: the same for every attempt to send it.
};

constexpr Order kOrders[] = {{"ada", "ada orders", "1"},
                             {"ada", "ada pays", "2"},
                             {"bob", "bob orders", "3"},
                             {"ada", "ada orders", "1"}};  // Again, as after an answer was lost.

absl::Status SendOrders(QueueClient& queues, const std::string& queue) {
  for (const Order& order : kOrders) {
    const auto sent =
        queues.SendMessage(queue, order.text, {.group_id = order.customer, .dedup_id = order.id});
    if (!sent.ok()) return sent.status();
  }
  return absl::OkStatus();
}

// One message at a time, until there is none.
absl::Status HandleOrders(QueueClient& queues, const std::string& queue) {
  for (;;) {
    const auto received = queues.ReceiveMessages(queue);
    if (!received.ok()) return received.status();
    if (received->empty()) return absl::OkStatus();
    const twinq::client::ReceivedMessage& message = received->front();
    absl::PrintF("%s\n", message.body);
    absl::Status deleted = queues.DeleteMessage(queue, message.receipt_handle);
    if (!deleted.ok()) return deleted;
  }
}

absl::Status Run(QueueClient& queues) {
  const auto queue = queues.CreateQueue("orders.fifo", twinq::client::QueueKind::kFifo);
  if (!queue.ok()) return queue.status();
  const absl::Status sent = SendOrders(queues, *queue);
  return sent.ok() ? HandleOrders(queues, *queue) : sent;
}

}  // namespace

int main(int argc, char** argv) {
  QueueClient queues(twinq::client::Connect(argc > 1 ? argv[1] : "127.0.0.1:9323"));
  const absl::Status outcome = Run(queues);
  if (!outcome.ok()) absl::FPrintF(stderr, "%s\n", outcome.ToString());
  return outcome.ok() ? 0 : 1;
}
