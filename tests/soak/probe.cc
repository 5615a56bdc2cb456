#include "tests/soak/probe.h"

#include "absl/strings/str_cat.h"

#include "platform/monotonic_clock.h"

namespace twinq::soak {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(50);

}  // namespace

Probe::Probe(const std::string& queue, const crash::Surroundings& surroundings,
             const HostFaults& faults)
    : queue_(queue),
      surroundings_(surroundings),
      faults_(faults),
      service_(surroundings.location, surroundings.clock) {}

void Probe::Run(const StopSign& stop) {
  const platform::MonotonicClock clock;
  while (!stop.is_raised()) {
    const absl::Time begin = clock.Now();
    RunOnce();
    const absl::Duration taken = clock.Now() - begin;
    (faults_.WasDiskSlowSince(begin) ? slow_disk_rounds_ : rounds_).push_back(taken);
    stop.Pause(kInterval - taken);
  }
}

void Probe::RunOnce() {
  const std::string body = absl::StrCat("probe ", ++messages_);
  v1::SendMessageRequest send;
  send.set_queue_url(queue_);
  send.set_message_body(body);
  Call<v1::SendMessageResponse>("send", send);
  v1::ReceiveMessageRequest receive;
  receive.set_queue_url(queue_);
  const auto received = Call<v1::ReceiveMessageResponse>("receive", receive);
  if (received.messages_size() != 1) return Complain("receive", "came back without its message");
  if (received.messages(0).body() != body) Complain("receive", "brought another message");
  v1::DeleteMessageRequest deletion;
  deletion.set_queue_url(queue_);
  deletion.set_receipt_handle(received.messages(0).receipt_handle());
  Call<v1::DeleteMessageResponse>("delete", deletion);
}

template <typename Response, typename Request>
Response Probe::Call(absl::string_view action, const Request& request) {
  const platform::MonotonicClock clock;
  const absl::Time begin = clock.Now();
  const crash::Answer<Response> answer = service_.Call(request, crash::kPatience);
  const absl::Duration taken = clock.Now() - begin;
  if (answer.outcome != history::Outcome::kDone) {
    Complain(action, absl::StrCat("failed: ", answer.error, ": ", answer.text));
  }
  const bool was_slow = faults_.WasDiskSlowSince(begin);
  if (taken > (was_slow ? kSlowDiskCallMax : kCallMax)) {
    Complain(action, absl::StrCat("took ", absl::FormatDuration(taken),
                                  was_slow ? " while the disk was slow" : ""));
  }
  return answer.response;
}

void Probe::Complain(absl::string_view action, absl::string_view of) const {
  surroundings_.complaints.Add(absl::StrCat("the probe's ", action, " of message ", messages_, " ",
                                            of, ", at ",
                                            absl::FormatTime(surroundings_.clock.Now())));
}

}  // namespace twinq::soak
