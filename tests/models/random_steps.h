#ifndef TWINQ_TESTS_MODELS_RANDOM_STEPS_H_
#define TWINQ_TESTS_MODELS_RANDOM_STEPS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_kind.h"
#include "tests/models/queue_steps.h"

namespace twinq::model {

// A step and when it is taken.
struct TimedStep {
  Timestamp at;
  Step step;
};

// An endless stream of steps for one queue, as clients might take them. Each seed draws a mix of
// its own: which steps are frequent and which do not occur, how many groups, ids and messages there
// are, how the queue is set and how time moves. It learns from the outcomes, so that most steps
// make sense, and aims at the instants at which something happens.
//
// Guarantee: the same seed and the same outcomes give the same steps.
class RandomSteps {
 public:
  RandomSteps(QueueKind kind, uint64_t seed);

  // What the queue is to be made with.
  const QueueSetup& setup() const { return setup_; }
  TimedStep Next();
  // What came of the step that Next() gave last.
  void Learn(const Outcome& outcome);

 private:
  enum class Verb : uint8_t {
    kSend,
    kReceive,
    kDelete,
    kChange,
    kRelease,
    kCancel,
    kPurge,
    kSet,
    kLook
  };
  enum class Move : uint8_t {
    kStandStill,
    kToDeadline,
    kBeforeDeadline,
    kBehindDeadline,
    kNanoseconds,
    kMilliseconds,
    kSeconds,
    kMinutes,
    kHours
  };
  static constexpr size_t kVerbs = static_cast<size_t>(Verb::kLook) + 1;
  static constexpr size_t kMoves = static_cast<size_t>(Move::kHours) + 1;

  // What a seed draws once.
  struct Mix {
    std::array<uint64_t, kVerbs> verbs = {};
    std::array<uint64_t, kMoves> moves = {};
    uint64_t groups = 1;
    uint64_t dedup_ids = 1;   // Explicit ids that are used again and again,
    uint64_t contents = 1;    // and bodies.
    uint64_t shared_ids = 0;  // In 100 sends: those that use one of them.
    size_t messages_max = 0;  // In the queue at a time.
    size_t waiters_max = 0;
    uint64_t entries_max = 1;  // In a batch.
    uint64_t bad_sends = 0;    // In 100 entries.
    absl::Duration visibility_max;
  };

  // A delivery whose handle may be used.
  struct Known {
    Handle handle;
    Timestamp received_at;
    Timestamp ends_at;  // As received, as far as is known.
  };

  void DrawMix();
  void DrawWeights();
  QueueAttributes DrawAttributes();
  Timestamp NextInstant();
  Verb SomeVerb();
  std::optional<Step> SomeChance();
  void PlanShorterDelay();
  Step StepOf(Verb verb);
  Send SomeSend();
  Sending SomeSending();
  void GiveIds(Sending& entry);
  Receive SomeReceive();
  Delete SomeDelete();
  ChangeVisibility SomeChange();
  Release SomeRelease();
  CancelWaiter SomeCancel();
  SetAttributes SomeSet();
  // A visibility for a receive, or for a change of what was received then.
  absl::Duration SomeVisibility(std::optional<Timestamp> received_at);
  absl::Duration UntilDeadline() const;
  Known SomeKnown();
  Known NewestKnown();
  std::optional<Known> BeforeNewest() const;
  size_t EntriesOfBatch();
  void LearnMessages(const std::vector<Delivered>& messages);
  void LearnChanges(const ChangeVisibility& change, const std::vector<EntryResult>& results);
  void ForgetMostly(const std::string& message);

  uint64_t Below(uint64_t bound) { return random_.Below(bound); }
  bool InHundred(uint64_t percent) { return random_.Below(100) < percent; }
  template <typename Value, size_t kSize>
  Value OneOf(const std::array<Value, kSize>& values) {
    return values[random_.Below(kSize)];
  }
  template <size_t kSize>
  size_t Weighted(const std::array<uint64_t, kSize>& weights);

  const QueueKind kind_;
  SeededRandom random_;
  QueueSetup setup_;
  Mix mix_;
  QueueAttributes attributes_;  // As set now.
  Timestamp now_;
  Timestamp next_deadline_ = Timestamp::Infinite();
  Counts counts_;
  Step last_step_;
  std::vector<Known> known_;       // The last few.
  std::optional<Known> extended_;  // The last whose visibility was made longer.
  std::vector<uint64_t> waiting_;
  std::vector<Step> plan_;  // What comes next, the last first.
  uint64_t messages_ = 0;
  uint64_t waiters_ = 0;
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_RANDOM_STEPS_H_
