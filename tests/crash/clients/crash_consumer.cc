// A client::Consumer in a process of its own, for crash rounds to kill: it writes down what its
// handlers and its connection see. SIGTERM stops it: it ends when what it handled is acknowledged.
//
//   crash_consumer ADDRESS QUEUE LOG VISIBILITY_SECONDS SEED

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/lib/consumer.h"
#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "platform/monotonic_clock.h"
#include "platform/mutex.h"
#include "platform/signals.h"
#include "platform/thread.h"
#include "platform/waiting_clock.h"
#include "tests/crash/clients/client_log.h"
#include "tests/crash/clients/event_file.h"
#include "tests/crash/clients/logged_channel.h"
#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

constexpr int kUsageExitCode = 2;
constexpr int kHandlers = 4;
constexpr int kPrefetch = 6;
constexpr absl::Duration kReceiveWait = absl::Seconds(1);
constexpr absl::Duration kCallTimeout = absl::Seconds(5);
constexpr absl::Duration kRetryPauseMax = absl::Milliseconds(100);
// Of acks: in long outages they are given up, and their messages come again.
constexpr absl::Duration kGiveUpAfter = absl::Milliseconds(1'600);
// What a handler does, by chance.
constexpr double kFails = 0.01;
constexpr double kTakesLong = 0.003;  // Longer than the visibility timeout.
constexpr absl::Duration kHandlingMax = absl::Milliseconds(8);
constexpr absl::Duration kLonger = absl::Milliseconds(400);

struct Settings {
  std::string address;
  std::string queue;
  std::string log_path;
  int visibility_seconds = 0;
  uint64_t seed = 0;
};

// Takes its time, writes that down, and fails now and then.
class LoggedHandler {
 public:
  // Borrows both.
  LoggedHandler(const Settings& settings, const EventFile& log)
      : takes_long_(absl::Seconds(settings.visibility_seconds) + kLonger),
        log_(log),
        random_(settings.seed) {}

  absl::Status Handle(const client::ReceivedMessage& message) {
    const HandleDigest handle = DigestOf(message.receipt_handle);
    log_.Append(absl::StrCat("begin ", handle, " ", Now(), " ", TextOf(NameInBody(message.body)),
                             " ", message.message_id));
    const bool fails = Work();
    log_.Append(absl::StrCat("end ", handle, " ", Now(), fails ? " failed" : " ok"));
    return fails ? absl::UnknownError("so it was drawn") : absl::OkStatus();
  }

 private:
  int64_t Now() const { return Timestamp::FromTime(clock_.Now()).nanos(); }

  // Whether it is to fail.
  bool Work() {
    const platform::MutexLock lock(mutex_);
    const auto steps = static_cast<int64_t>(random_.Below(1'000));
    const absl::Duration span =
        random_.Chance(kTakesLong) ? takes_long_ : kHandlingMax * steps / 1'000;
    const bool fails = random_.Chance(kFails);
    const absl::Time until = clock_.Now() + span;
    while (clock_.Now() < until) clock_.Wait(over_, mutex_, until);
    return fails;
  }

  const absl::Duration takes_long_;
  const EventFile& log_;
  platform::WaitingClock& clock_ = platform::MachineWaitingClock();
  platform::Mutex mutex_;
  platform::CondVar over_;  // Nobody notifies it.
  SeededRandom random_ ABSL_GUARDED_BY(mutex_);
};

int Consume(const Settings& settings) {
  platform::TerminationSignals signals;
  const platform::MonotonicClock clock;
  auto log = EventFile::Create(settings.log_path);
  if (!log.ok()) {
    absl::FPrintF(stderr, "crash_consumer: %s\n", log.status().ToString());
    return 1;
  }
  LoggedHandler handler(settings, *log);
  client::Consumer consumer(ConnectLogged(settings.address, *log, clock), settings.queue,
                            {.handlers = kHandlers,
                             .prefetch = kPrefetch,
                             .wait = kReceiveWait,
                             .visibility_timeout = absl::Seconds(settings.visibility_seconds),
                             .details = client::Details::kAll,
                             .retry = {.pause_max = kRetryPauseMax, .give_up_after = kGiveUpAfter},
                             .call_timeout = kCallTimeout,
                             .seed = settings.seed});
  consumer.Start(
      [&handler](const client::ReceivedMessage& message) { return handler.Handle(message); });

  absl::Status outcome;
  {
    const platform::Thread end("end", [&] {
      outcome = consumer.Wait();
      signals.Interrupt();
    });
    signals.Wait();
    consumer.Stop();
  }
  if (!outcome.ok()) absl::FPrintF(stderr, "crash_consumer: %s\n", outcome.ToString());
  return outcome.ok() ? 0 : 1;
}

int Main(const std::vector<std::string>& arguments) {
  Settings settings;
  if (arguments.size() != 5 || !absl::SimpleAtoi(arguments[3], &settings.visibility_seconds) ||
      !absl::SimpleAtoi(arguments[4], &settings.seed)) {
    absl::FPrintF(stderr, "usage: crash_consumer ADDRESS QUEUE LOG VISIBILITY_SECONDS SEED\n");
    return kUsageExitCode;
  }
  settings.address = arguments[0];
  settings.queue = arguments[1];
  settings.log_path = arguments[2];
  return Consume(settings);
}

}  // namespace
}  // namespace twinq::crash

// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return twinq::crash::Main({argv + 1, argv + argc}); }
