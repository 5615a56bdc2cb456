#include "tests/soak/queue_storm.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "tests/crash/queue_calls.h"

namespace twinq::soak {
namespace {

constexpr int kMessages = 3;
constexpr absl::Duration kPause = absl::Milliseconds(20);

}  // namespace

void QueueStorm::Misbehave() {
  // A name that was deleted is taken for a minute, so each is used once.
  crash::QueuePlan plan{.name = absl::StrCat("storm-", ++queues_)};
  if (queues_ % 2 == 0) {
    plan.kind = QueueKind::kFifo;
    plan.name += ".fifo";
  }
  Count(FateOf(crash::CreateQueue(calls_.service(), plan)));
  for (int i = 0; i < kMessages; ++i) {
    v1::SendMessageRequest send;
    send.set_queue_url(plan.name);
    send.set_message_body("a");
    if (plan.kind == QueueKind::kFifo) {
      send.set_message_group_id("group");
      send.set_message_deduplication_id(absl::StrCat(i));
    }
    Count(FateOf(calls_.Call(send)));
  }
  Count(FateOf(crash::DeleteQueue(calls_.service(), plan.name)));
  target().stop.Pause(kPause);
}

}  // namespace twinq::soak
