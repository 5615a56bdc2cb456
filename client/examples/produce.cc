// Sends a thousand messages to a FIFO queue, in batches and several calls at once, and counts what
// became of them. It may be run again: the deduplication ids keep a message from being stored
// twice.
//
//   produce [ADDRESS:PORT]

#include <future>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/lib/channel.h"
#include "client/lib/producer.h"
#include "client/lib/queue_client.h"

namespace {

using twinq::client::Producer;

constexpr const char* kCustomers[] = {"ada", "bob", "eve", "kim"};

absl::Status SendPayments(Producer& producer) {
  std::vector<std::future<Producer::Outcome>> outcomes;
  for (int i = 0; i < 1'000; ++i) {
    const char* customer = kCustomers[i % 4];
    outcomes.push_back(
        producer.Send({.body = absl::StrCat(customer, " pays ", i),
                       .options = {.group_id = customer, .dedup_id = absl::StrCat(i)}}));
  }
  producer.Flush();

  int stored = 0;
  absl::Status failure;
  for (std::future<Producer::Outcome>& outcome : outcomes) {
    const Producer::Outcome result = outcome.get();
    if (result.ok()) ++stored;
    failure.Update(result.status());
  }
  absl::PrintF("%d of %d payments are stored\n", stored, outcomes.size());
  return failure;
}

}  // namespace

int main(int argc, char** argv) {
  const auto channel = twinq::client::Connect(argc > 1 ? argv[1] : "127.0.0.1:9323");
  twinq::client::QueueClient queues(channel);
  absl::Status outcome =
      queues.CreateQueue("payments.fifo", twinq::client::QueueKind::kFifo).status();
  if (outcome.ok()) {
    Producer producer(channel, "payments.fifo");
    outcome = SendPayments(producer);
  }
  if (!outcome.ok()) absl::FPrintF(stderr, "%s\n", outcome.ToString());
  return outcome.ok() ? 0 : 1;
}
