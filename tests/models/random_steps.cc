#include "tests/models/random_steps.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "tests/models/step_script.h"

namespace twinq::model {
namespace {

constexpr size_t kKnownMax = 48;
constexpr absl::Duration kTick = absl::Nanoseconds(1);
constexpr uint64_t kSmallInFlightMax = 6;
constexpr absl::Duration kOutlivesRetention = absl::Minutes(5);

}  // namespace

RandomSteps::RandomSteps(QueueKind kind, uint64_t seed)
    : kind_(kind), random_(seed), now_(kScriptBegin) {
  DrawMix();
  DrawWeights();
  setup_.attributes = DrawAttributes();
  if (InHundred(45)) setup_.in_flight_max = 1 + Below(kSmallInFlightMax);
  attributes_ = setup_.attributes;
}

void RandomSteps::DrawMix() {
  mix_.groups = OneOf<uint64_t>(std::array<uint64_t, 6>{1, 2, 3, 4, 6, 30});
  mix_.dedup_ids = 1 + Below(OneOf<uint64_t>(std::array<uint64_t, 3>{3, 10, 40}));
  mix_.contents = 1 + Below(10);
  mix_.shared_ids = OneOf<uint64_t>(std::array<uint64_t, 4>{0, 15, 40, 80});
  mix_.messages_max = OneOf<size_t>(std::array<size_t, 8>{1, 3, 6, 10, 15, 25, 40, 60});
  mix_.waiters_max = OneOf<size_t>(std::array<size_t, 6>{0, 1, 2, 2, 4, 8});
  mix_.entries_max = OneOf<uint64_t>(std::array<uint64_t, 4>{1, 2, 4, 10});
  mix_.bad_sends = OneOf<uint64_t>(std::array<uint64_t, 3>{0, 5, 15});
  mix_.visibility_max = OneOf<absl::Duration>(std::array<absl::Duration, 4>{
      absl::Seconds(5), absl::Seconds(40), absl::Minutes(10), absl::Hours(12)});
}

// Each verb and each way of moving time is as frequent as usual, more or less so, or does not
// occur.
void RandomSteps::DrawWeights() {
  constexpr std::array<uint64_t, kVerbs> kUsualVerbs = {300, 260, 150, 110, 30, 15, 10, 60, 40};
  constexpr std::array<uint64_t, kMoves> kUsualMoves = {500, 200, 40, 40, 20, 30, 60, 10, 1};
  constexpr std::array<uint64_t, 5> kFactors = {0, 1, 4, 4, 10};
  for (size_t i = 0; i < kVerbs; ++i) mix_.verbs[i] = kUsualVerbs[i] * OneOf<uint64_t>(kFactors);
  for (size_t i = 0; i < kMoves; ++i) mix_.moves[i] = kUsualMoves[i] * OneOf<uint64_t>(kFactors);
  // Without these nothing would happen.
  for (const Verb verb : {Verb::kSend, Verb::kReceive}) {
    uint64_t& weight = mix_.verbs[static_cast<size_t>(verb)];
    weight = std::max(weight, kUsualVerbs[static_cast<size_t>(verb)]);
  }
  uint64_t& to_deadline = mix_.moves[static_cast<size_t>(Move::kToDeadline)];
  to_deadline = std::max(to_deadline, uint64_t{200});
}

template <size_t kSize>
size_t RandomSteps::Weighted(const std::array<uint64_t, kSize>& weights) {
  uint64_t draw = Below(std::accumulate(weights.begin(), weights.end(), uint64_t{0}));
  for (size_t i = 0; i < kSize; ++i) {
    if (draw < weights[i]) return i;
    draw -= weights[i];
  }
  TWINQ_CHECK(false);  // The weights are more than nothing.
}

QueueAttributes RandomSteps::DrawAttributes() {
  QueueAttributes attributes;
  if (InHundred(45)) {
    attributes.delay = OneOf<absl::Duration>(std::array<absl::Duration, 4>{
        absl::Seconds(1), absl::Seconds(5), absl::Seconds(30), absl::Minutes(15)});
  }
  if (InHundred(50)) {
    attributes.retention = OneOf<absl::Duration>(std::array<absl::Duration, 4>{
        kRetentionMin, absl::Seconds(61), absl::Seconds(90), absl::Minutes(10)});
  }
  if (InHundred(40)) attributes.receive_wait = absl::Seconds(1 + Below(20));
  if (InHundred(50)) attributes.visibility_timeout = SomeVisibility({});
  if (InHundred(30)) attributes.message_bytes_max = 1024 + static_cast<uint32_t>(Below(3));
  if (kind_ == QueueKind::kFifo) {
    attributes.content_based_dedup = InHundred(50);
    if (InHundred(40)) attributes.dedup_scope = DedupScope::kMessageGroup;
  }
  return attributes;
}

TimedStep RandomSteps::Next() {
  if (!plan_.empty()) {
    last_step_ = std::move(plan_.back());
    plan_.pop_back();
    return {.at = now_, .step = last_step_};
  }
  now_ = NextInstant();
  std::optional<Step> chance = SomeChance();
  last_step_ = chance ? *std::move(chance) : StepOf(SomeVerb());
  return {.at = now_, .step = last_step_};
}

RandomSteps::Verb RandomSteps::SomeVerb() {
  const auto verb = static_cast<Verb>(Weighted(mix_.verbs));
  const size_t held = counts_.available + counts_.in_flight + counts_.delayed;
  const bool needs_handle =
      verb == Verb::kDelete || verb == Verb::kChange || verb == Verb::kRelease;
  // Where nothing is in flight handles are of little use.
  if (needs_handle && (known_.empty() || (counts_.in_flight == 0 && InHundred(70)))) {
    return held == 0 && mix_.messages_max > 0 ? Verb::kSend : Verb::kReceive;
  }
  if (verb == Verb::kSend && held >= mix_.messages_max) {
    return counts_.in_flight > 0 && !known_.empty() ? Verb::kDelete : Verb::kReceive;
  }
  if (verb == Verb::kCancel && waiters_ == 0) return Verb::kReceive;
  return verb;
}

// What is seldom possible is often done when it is.
std::optional<Step> RandomSteps::SomeChance() {
  const bool has_waiter = !waiting_.empty();
  if (has_waiter && counts_.in_flight > 0 && !known_.empty() && InHundred(12)) {
    if (InHundred(40)) return SomeDelete();
    if (InHundred(50)) return SomeRelease();
    return ChangeVisibility{
        .entries = {{.handle = NewestKnown().handle, .visibility = absl::ZeroDuration()}}};
  }
  if (has_waiter && InHundred(1)) return Purge{};
  const bool is_blocked = counts_.in_flight > 0 && counts_.available > 0;
  if (kind_ == QueueKind::kFifo && has_waiter && is_blocked && InHundred(15)) {
    SetAttributes set;
    set.attributes.retention = kRetentionMin;
    return set;
  }
  if (counts_.delayed > 0 && InHundred(10)) {
    // A delay that ends those that run, or that makes them longer.
    SetAttributes set;
    set.attributes.delay =
        InHundred(60) ? absl::ZeroDuration()
                      : std::min(attributes_.delay + absl::Seconds(1 + Below(30)), kDelayMax);
    return set;
  }
  if (extended_ && InHundred(15)) {
    // Its handle is alive, although its visibility would have been over.
    const Known extended = *std::exchange(extended_, std::nullopt);
    now_ = std::max(now_, extended.ends_at);
    return Delete{.handles = {extended.handle}};
  }
  if (const std::optional<Known> earlier = BeforeNewest(); earlier && InHundred(12)) {
    return ChangeVisibility{
        .entries = {{.handle = earlier->handle, .visibility = absl::ZeroDuration()}}};
  }
  if (!has_waiter && mix_.waiters_max > 0 && is_blocked && InHundred(4)) {
    return Receive{.waiter = ++waiters_, .visibility = {}, .wait = kReceiveWaitMax};
  }
  // What is sent now goes before what was sent under a longer delay (F4).
  const auto* set = std::get_if<SetAttributes>(&last_step_);
  if (set != nullptr && set->attributes.delay == absl::ZeroDuration() && InHundred(60)) {
    return SomeSend();
  }
  if (kind_ == QueueKind::kFifo && mix_.groups > 1 && InHundred(1)) PlanShorterDelay();
  return std::nullopt;
}

Timestamp RandomSteps::NextInstant() {
  const auto move = static_cast<Move>(Weighted(mix_.moves));
  const bool has_deadline = next_deadline_ != Timestamp::Infinite();
  switch (move) {
    case Move::kStandStill:
      return now_;
    case Move::kToDeadline:
      return has_deadline ? next_deadline_ : now_;
    case Move::kBeforeDeadline:
      return has_deadline ? std::max(now_, next_deadline_ + -kTick) : now_;
    case Move::kBehindDeadline:
      return has_deadline ? next_deadline_ + kTick : now_;
    case Move::kNanoseconds:
      return now_ + kTick * static_cast<int64_t>(1 + Below(3));
    case Move::kMilliseconds:
      return now_ + absl::Milliseconds(1 + Below(1'000));
    case Move::kSeconds:
      return now_ + absl::Seconds(1 + Below(70));
    case Move::kMinutes:
      return now_ + absl::Minutes(1 + Below(10));
    case Move::kHours:
      return now_ + absl::Hours(1 + Below(100));
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

Step RandomSteps::StepOf(Verb verb) {
  switch (verb) {
    case Verb::kSend:
      return SomeSend();
    case Verb::kReceive:
      return SomeReceive();
    case Verb::kDelete:
      return SomeDelete();
    case Verb::kChange:
      return SomeChange();
    case Verb::kRelease:
      return SomeRelease();
    case Verb::kCancel:
      return SomeCancel();
    case Verb::kPurge:
      return Purge{};
    case Verb::kSet:
      return SomeSet();
    case Verb::kLook:
      return Look{};
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

size_t RandomSteps::EntriesOfBatch() { return 1 + Below(InHundred(60) ? 1 : mix_.entries_max); }

Send RandomSteps::SomeSend() {
  Send send;
  const size_t entries = EntriesOfBatch();
  for (size_t i = 0; i < entries; ++i) send.entries.push_back(SomeSending());
  return send;
}

Sending RandomSteps::SomeSending() {
  Sending entry;
  const uint64_t number = ++messages_;
  if (kind_ == QueueKind::kFifo) {
    entry.group = absl::StrCat("g", Below(mix_.groups));
    entry.name = absl::StrCat(entry.group, "-", number);
    GiveIds(entry);
  } else {
    entry.name = absl::StrCat("m", number);
    entry.content = entry.name;
    if (InHundred(20)) {
      entry.delay = OneOf<absl::Duration>(std::array<absl::Duration, 5>{
          absl::ZeroDuration(), absl::ZeroDuration(), absl::Seconds(1),
          absl::Seconds(1 + Below(70)), absl::Minutes(15)});
    }
    if (InHundred(3)) entry.delay = UntilDeadline();
  }
  if (InHundred(3)) entry.bytes = attributes_.message_bytes_max;
  if (InHundred(mix_.bad_sends)) {
    const uint64_t draw = Below(3);
    if (draw != 0) entry.bytes = attributes_.message_bytes_max + 1;
    if (draw != 1) entry.malformed = ApiErrorCode::kInvalidMessageContents;
  }
  return entry;
}

// What deduplicates the entry: most ids are its own, some are shared, some are missing.
void RandomSteps::GiveIds(Sending& entry) {
  entry.content = entry.name;
  if (InHundred(mix_.shared_ids)) entry.content = absl::StrCat("c", Below(mix_.contents));
  const bool by_content = InHundred(attributes_.content_based_dedup ? 50 : 2);
  if (by_content) return;
  entry.dedup_id = entry.name;
  if (!InHundred(mix_.shared_ids)) return;
  entry.dedup_id = InHundred(30) ? ContentId(absl::StrCat("c", Below(mix_.contents)))
                                 : absl::StrCat("d", Below(mix_.dedup_ids));
}

Receive RandomSteps::SomeReceive() {
  Receive receive;
  receive.waiter = ++waiters_;
  receive.messages_max = InHundred(50) ? 1 : 1 + static_cast<int>(Below(10));
  if (InHundred(60)) receive.visibility = SomeVisibility({});
  // What is in flight past its retention unlocks its group by its expiry.
  if (attributes_.retention < kOutlivesRetention && InHundred(20)) {
    receive.visibility = kOutlivesRetention;
  }
  if (waiting_.size() >= mix_.waiters_max) {
    receive.wait = absl::ZeroDuration();
  } else if (InHundred(70)) {
    receive.wait = absl::Seconds(Below(4) == 0 ? 0 : 1 + Below(20));
    if (InHundred(20)) receive.wait = std::min(UntilDeadline(), kReceiveWaitMax);
  }
  return receive;
}

// A message of one group under a delay, then one of another without, then a look at both.
void RandomSteps::PlanShorterDelay() {
  SetAttributes longer;
  longer.attributes.delay = absl::Seconds(1 + Below(30));
  SetAttributes none;
  none.attributes.delay = absl::ZeroDuration();
  plan_ = {SomeReceive(), SomeSend(), none, SomeSend(), longer};
}

// What the last receive has returned before its last message, if that was of the same group.
std::optional<RandomSteps::Known> RandomSteps::BeforeNewest() const {
  if (kind_ != QueueKind::kFifo || known_.size() < 2) return std::nullopt;
  if (!std::holds_alternative<Receive>(last_step_)) return std::nullopt;
  const Known& earlier = known_[known_.size() - 2];
  const Known& newest = known_.back();
  const auto group_of = [](const Known& known) {
    return known.handle.message.substr(0, known.handle.message.find('-'));
  };
  const bool together = earlier.received_at == newest.received_at && newest.received_at == now_;
  return together && group_of(earlier) == group_of(newest) ? std::optional(earlier) : std::nullopt;
}

absl::Duration RandomSteps::UntilDeadline() const {
  if (next_deadline_ == Timestamp::Infinite() || next_deadline_ < now_) return absl::Seconds(1);
  return next_deadline_ - now_;
}

absl::Duration RandomSteps::SomeVisibility(std::optional<Timestamp> received_at) {
  const uint64_t draw = Below(100);
  if (draw < 20) return absl::ZeroDuration();
  if (draw < 35) return std::min(UntilDeadline(), mix_.visibility_max);
  if (draw < 50 && received_at) {
    // About where the 12 hours since the receive end.
    const absl::Duration left = kVisibilityTimeoutMax - (now_ - *received_at);
    const absl::Duration about = left + kTick * (static_cast<int64_t>(Below(3)) - 2);
    if (about >= absl::ZeroDuration()) return about;
  }
  return absl::Seconds(1 + Below(static_cast<uint64_t>(absl::ToInt64Seconds(mix_.visibility_max))));
}

RandomSteps::Known RandomSteps::SomeKnown() { return known_[Below(known_.size())]; }

// One of the last few deliveries, which most likely still runs.
RandomSteps::Known RandomSteps::NewestKnown() {
  const size_t last = std::min<size_t>(known_.size(), 6);
  return InHundred(kind_ == QueueKind::kFifo ? 80 : 65) ? known_[known_.size() - 1 - Below(last)]
                                                        : SomeKnown();
}

Delete RandomSteps::SomeDelete() {
  Delete request;
  const size_t entries = known_.empty() ? 1 : EntriesOfBatch();
  for (size_t i = 0; i < entries; ++i) {
    Handle& handle = request.handles.emplace_back();
    if (known_.empty() || InHundred(2)) {
      handle = {.message = "", .delivery = 1, .origin = Handle::Origin::kOtherQueue};
    } else {
      handle = NewestKnown().handle;
    }
  }
  return request;
}

ChangeVisibility RandomSteps::SomeChange() {
  ChangeVisibility change;
  const size_t entries = EntriesOfBatch();
  for (size_t i = 0; i < entries; ++i) {
    Known known = NewestKnown();
    if (InHundred(2)) {
      known.handle = {.message = "", .delivery = 1, .origin = Handle::Origin::kOtherQueue};
    }
    change.entries.push_back(
        {.handle = std::move(known.handle), .visibility = SomeVisibility(known.received_at)});
  }
  return change;
}

Release RandomSteps::SomeRelease() {
  Release release;
  const size_t entries = EntriesOfBatch();
  for (size_t i = 0; i < entries; ++i) release.handles.push_back(NewestKnown().handle);
  return release;
}

CancelWaiter RandomSteps::SomeCancel() {
  if (waiting_.empty() || InHundred(20)) return {.waiter = 1 + Below(waiters_)};
  return {.waiter = waiting_[Below(waiting_.size())]};
}

SetAttributes RandomSteps::SomeSet() {
  const QueueAttributes drawn = DrawAttributes();
  GivenQueueAttributes given;
  const uint64_t attributes = kind_ == QueueKind::kFifo ? 7 : 5;
  const size_t count = 1 + Below(2);
  for (size_t i = 0; i < count; ++i) {
    switch (Below(attributes)) {
      case 0:
        given.delay = drawn.delay;
        break;
      case 1:
        given.retention = drawn.retention;
        break;
      case 2:
        given.receive_wait = drawn.receive_wait;
        break;
      case 3:
        given.visibility_timeout = drawn.visibility_timeout;
        break;
      case 4:
        given.message_bytes_max = drawn.message_bytes_max;
        break;
      case 5:
        given.content_based_dedup = drawn.content_based_dedup;
        break;
      default:
        given.dedup_scope = drawn.dedup_scope;
    }
  }
  return {.attributes = given};
}

void RandomSteps::Learn(const Outcome& outcome) {
  for (const Answer& answer : outcome.answers) {
    LearnMessages(answer.messages);
    std::erase(waiting_, answer.waiter);
  }
  LearnMessages(outcome.messages);
  if (outcome.waits) waiting_.push_back(std::get<Receive>(last_step_).waiter);
  if (const auto* set = std::get_if<SetAttributes>(&last_step_)) {
    attributes_ = set->attributes.Over(attributes_);
  } else if (const auto* request = std::get_if<Delete>(&last_step_)) {
    for (size_t i = 0; i < request->handles.size(); ++i) {
      if (!outcome.results[i].error) ForgetMostly(request->handles[i].message);
    }
  } else if (const auto* change = std::get_if<ChangeVisibility>(&last_step_)) {
    LearnChanges(*change, outcome.results);
  }
  const size_t held = outcome.counts.available + outcome.counts.in_flight;
  if (held == 0 && InHundred(70)) known_.clear();
  counts_ = outcome.counts;
  next_deadline_ = outcome.next_deadline;
}

void RandomSteps::LearnChanges(const ChangeVisibility& change,
                               const std::vector<EntryResult>& results) {
  for (size_t i = 0; i < change.entries.size(); ++i) {
    const auto& [handle, visibility] = change.entries[i];
    if (results[i].error == ApiErrorCode::kMessageNotAvailable) ForgetMostly(handle.message);
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& one) {
      return one.handle.message == handle.message && one.handle.delivery == handle.delivery;
    });
    if (!results[i].error && known != known_.end() && now_ + visibility > known->ends_at) {
      extended_ = *known;
    }
  }
}

// Handles of messages that are gone are used now and then, not more often than others.
void RandomSteps::ForgetMostly(const std::string& message) {
  if (InHundred(25)) return;
  std::erase_if(known_, [&](const Known& known) { return known.handle.message == message; });
}

void RandomSteps::LearnMessages(const std::vector<Delivered>& messages) {
  const auto* receive = std::get_if<Receive>(&last_step_);
  const absl::Duration visibility = receive != nullptr && receive->visibility
                                        ? *receive->visibility
                                        : attributes_.visibility_timeout;
  for (const Delivered& message : messages) {
    known_.push_back({.handle = {.message = message.message, .delivery = message.receive_count},
                      .received_at = now_,
                      .ends_at = now_ + visibility});
  }
  if (known_.size() > kKnownMax) {
    known_.erase(known_.begin(),
                 known_.begin() + static_cast<std::ptrdiff_t>(known_.size() - kKnownMax));
  }
}

}  // namespace twinq::model
