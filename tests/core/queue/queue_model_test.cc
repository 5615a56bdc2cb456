#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "core/queue/fifo_queue.h"
#include "core/queue/standard_queue.h"
#include "tests/core/queue/obvious_queue.h"
#include "tests/support/messages.h"
#include "tests/support/recording_sink.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

constexpr QueueId kQueue{3};
constexpr int kNoBudget = std::numeric_limits<int>::max();

// Everything but the slots, which the model does not have.
std::vector<std::string> Texts(const std::vector<Delivery>& deliveries) {
  std::vector<std::string> texts;
  for (const Delivery& delivery : deliveries) {
    const Receipt& receipt = delivery.receipt;
    texts.push_back(absl::StrCat("queue ", receipt.queue.value(), " sequence ",
                                 receipt.sequence.value(), " delivery ", receipt.delivery, " at ",
                                 receipt.received_at.nanos(), " id ", delivery.id.ToText()));
    absl::StrAppend(&texts.back(), " body ", delivery.body.value(), " bytes ", delivery.body_bytes,
                    " group ", delivery.group.text(), " sent ", delivery.sent_at.nanos(), " first ",
                    delivery.first_received_at.nanos());
  }
  return texts;
}

// A queue of either kind beside the obvious model; every step is done to both.
class Pair {
 public:
  Pair(QueueKind kind, uint64_t seed) : kind_(kind), random_(seed), model_(kind, kQueue) {
    if (kind == QueueKind::kFifo) {
      actual_ = std::make_unique<FifoQueue>(kQueue, slots_);
    } else {
      actual_ = std::make_unique<StandardQueue>(kQueue, slots_);
    }
  }

  void Step() {
    Pause();
    const uint64_t draw = random_.Below(100);
    if (draw < 40) {
      Send();
    } else if (draw < 65) {
      Receive();
    } else if (draw < 83) {
      const Receipt receipt = SomeReceipt();
      EXPECT_EQ(actual_->Delete(now_, receipt, sink_), model_.Delete(now_, receipt));
    } else if (draw < 95) {
      const Receipt receipt = SomeReceipt();
      const absl::Duration visibility = Visibility();
      EXPECT_EQ(actual_->ChangeVisibility(now_, receipt, visibility, sink_),
                model_.ChangeVisibility(now_, receipt, visibility));
    } else {
      const Receipt receipt = SomeReceipt();
      actual_->Release(now_, receipt, sink_);
      model_.Release(now_, receipt);
    }
    Compare();
  }

 private:
  void Pause() {
    if (random_.Chance(0.4)) return;
    now_ = now_ + (random_.Chance(0.02) ? absl::Minutes(random_.Below(400))
                                        : absl::Milliseconds(500 * random_.Below(8)));
    actual_->EndDue(now_, kNoBudget);
  }
  void Send() {
    const uint64_t number = ++sent_;
    NewMessage message = Message(number);
    if (kind_ == QueueKind::kFifo) {
      message.group = Group(absl::StrCat("g", random_.Below(6)));
      message.dedup = Dedup(number - std::min(number, random_.Below(4)));
    }
    const SequenceNumber sequence(number);
    EXPECT_EQ(std::get<SentMessage>(actual_->Send(now_, message, sequence, sink_)),
              model_.Send(now_, message, sequence));
  }
  void Receive() {
    const auto messages_max = static_cast<int>(1 + random_.Below(10));
    const absl::Duration visibility = Visibility();
    std::vector<Delivery> deliveries;
    actual_->Receive(now_, messages_max, visibility, sink_, deliveries);
    for (const Delivery& delivery : deliveries) receipts_.push_back(delivery.receipt);
    EXPECT_EQ(Texts(deliveries), Texts(model_.Receive(now_, messages_max, visibility)));
  }
  absl::Duration Visibility() {
    const uint64_t draw = random_.Below(10);
    if (draw < 2) return absl::ZeroDuration();
    if (draw < 6) return absl::Seconds(10);
    if (draw < 9) return absl::Milliseconds(500 * random_.Below(60));
    return absl::Seconds(random_.Below(43'201));
  }
  Receipt SomeReceipt() {
    if (receipts_.empty()) return {};
    const uint64_t age = random_.Below(random_.Chance(0.8) ? 8 : 200);
    return receipts_[receipts_.size() - 1 - std::min<size_t>(age, receipts_.size() - 1)];
  }
  void Compare() {
    actual_->EndDue(now_, kNoBudget);
    EXPECT_EQ(actual_->counts(), model_.CountsAt(now_));
    EXPECT_EQ(actual_->HasDeliverable(), model_.HasDeliverable(now_));
    EXPECT_EQ(actual_->NextDeadline(), model_.NextDeadline(now_));
  }

  const QueueKind kind_;
  SeededRandom random_;
  MessageSlots slots_;
  std::unique_ptr<Queue> actual_;
  RecordingSink sink_;
  ObviousQueue model_;
  Timestamp now_ = At(absl::ZeroDuration());
  std::vector<Receipt> receipts_;
  uint64_t sent_ = 0;
};

class QueueModelTest : public ::testing::TestWithParam<QueueKind> {};

TEST_P(QueueModelTest, AgreesWithTheObviousQueue) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    Pair pair(GetParam(), seed);
    for (int i = 0; i < 1'500 && !HasFailure(); ++i) {
      SCOPED_TRACE(absl::StrCat("step ", i));
      pair.Step();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, QueueModelTest,
                         ::testing::Values(QueueKind::kStandard, QueueKind::kFifo),
                         [](const auto& test) {
                           return test.param == QueueKind::kFifo ? "Fifo" : "Standard";
                         });

}  // namespace
}  // namespace twinq
