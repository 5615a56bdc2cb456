// Handles the messages of a FIFO queue, those of a group in their order and several groups at once,
// until a thousand are done. Kill it, or restart the server, while it runs: nothing is lost.
//
//   consume [ADDRESS:PORT]

#include <atomic>

#include "absl/strings/str_format.h"

#include "client/lib/channel.h"
#include "client/lib/consumer.h"

int main(int argc, char** argv) {
  constexpr int kPayments = 1'000;
  std::atomic<int> handled = 0;

  twinq::client::Consumer consumer(twinq::client::Connect(argc > 1 ? argv[1] : "127.0.0.1:9323"),
                                   "payments.fifo");
  const absl::Status outcome = consumer.Run([&](const twinq::client::ReceivedMessage& message) {
    absl::PrintF("%s\n", message.body);
    if (++handled == kPayments) consumer.BeginStop();
    return absl::OkStatus();  // The message is deleted. Anything else would give it back.
  });

  if (!outcome.ok()) absl::FPrintF(stderr, "%s\n", outcome.ToString());
  return outcome.ok() ? 0 : 1;
}
