#include "sim/history/duplicate_causes.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace twinq::history {
namespace {

constexpr std::array<absl::string_view, kCauses> kNames = {
    "missed_delete", "lock_race",     "zero_timeout", "released",
    "lost_delivery", "server_crash",  "lost_delete",  "late_delete",
    "crash",         "slow_handling", "failed"};

class CauseFinder {
 public:
  explicit CauseFinder(const Evidence& evidence) : evidence_(evidence) {
    for (const Incident& incident : evidence.history.incidents) {
      if (incident.kind != Incident::Kind::kClientCrashed) continue;
      crashes_[incident.client].push_back(incident.at);
    }
    for (const Delivery& delivery : evidence.history.deliveries) NoteReceive(delivery.call);
    for (const EmptyReceive& receive : evidence.history.empty_receives) NoteReceive(receive.call);
    for (auto& [client, receives] : receives_) std::sort(receives.begin(), receives.end());
  }

  // Of a first delivery that is known here, `previous` is null.
  Cause Find(StoredNumber number, const Delivery& delivery, const Delivery* previous) const {
    const Stored& stored = evidence_.stored[number];
    if (stored.deleted_by < delivery.call.asked_at) return Cause::kMissedDelete;
    if (previous == nullptr) return Cause::kLostDelivery;
    if (IsHeld(*previous, delivery)) return Cause::kLockRace;
    if (previous->visibility == absl::ZeroDuration()) return Cause::kZeroTimeout;
    if (IsReleased(number, *previous, delivery)) return Cause::kReleased;
    if (delivery.receive_count > previous->receive_count + 1 && previous->receive_count != 0) {
      return Cause::kLostDelivery;
    }
    const bool is_early =
        delivery.call.answered_at < previous->call.asked_at + previous->visibility;
    const Timestamp forgotten = evidence_.ReceiveForgottenFrom(previous->call.asked_at);
    if (is_early && forgotten <= delivery.call.answered_at) return Cause::kServerCrash;
    return OfConsumer(number, *previous, delivery);
  }

 private:
  // Only of clients that crash.
  void NoteReceive(const Call& call) {
    if (crashes_.contains(call.client)) receives_[call.client].push_back(call.asked_at);
  }

  bool IsHeld(const Delivery& previous, const Delivery& delivery) const {
    const size_t i = static_cast<size_t>(&previous - evidence_.history.deliveries.data());
    return delivery.call.answered_at < evidence_.held_until[i];
  }

  bool IsReleased(StoredNumber number, const Delivery& previous, const Delivery& delivery) const {
    const auto changes = evidence_.changes(number);
    return std::any_of(changes.begin(), changes.end(), [&](uint32_t i) {
      const VisibilityChange& change = evidence_.history.changes[i];
      return change.handle == previous.handle && change.outcome != Outcome::kRefused &&
             change.purpose == VisibilityChange::Purpose::kRelease &&
             change.call.asked_at <= delivery.call.answered_at;
    });
  }

  // What the previous consumer did with the message.
  Cause OfConsumer(StoredNumber number, const Delivery& previous, const Delivery& delivery) const {
    for (const uint32_t i : evidence_.deletes(number)) {
      const Delete& deleted = evidence_.history.deletes[i];
      if (deleted.handle != previous.handle) continue;
      if (deleted.outcome == Outcome::kRefused) return Cause::kLateDelete;
      if (deleted.outcome == Outcome::kUnknown &&
          deleted.call.asked_at <= delivery.call.answered_at) {
        return Cause::kLostDelete;
      }
      return Cause::kSlowHandling;
    }
    return CrashedWith(previous, delivery) ? Cause::kCrash : Cause::kFailed;
  }

  bool CrashedWith(const Delivery& previous, const Delivery& delivery) const {
    const auto crashes = crashes_.find(previous.call.client);
    if (crashes == crashes_.end()) return false;
    const auto crash =
        std::lower_bound(crashes->second.begin(), crashes->second.end(), previous.call.asked_at);
    if (crash == crashes->second.end() || *crash > delivery.call.answered_at) return false;
    const std::vector<Timestamp>& receives = receives_.at(previous.call.client);
    const auto next = std::upper_bound(receives.begin(), receives.end(), previous.call.asked_at);
    return next == receives.end() || *next >= *crash;
  }

  const Evidence& evidence_;
  absl::flat_hash_map<ClientNumber, std::vector<Timestamp>> crashes_;   // In the order of time,
  absl::flat_hash_map<ClientNumber, std::vector<Timestamp>> receives_;  // and these too.
};

}  // namespace

absl::string_view NameOf(Cause cause) { return kNames.at(static_cast<size_t>(cause)); }

CauseCounts CountDuplicates(const Evidence& evidence) {
  const CauseFinder finder(evidence);
  const auto& all = evidence.history.deliveries;
  CauseCounts counts = {};
  std::vector<const Delivery*> deliveries;
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    deliveries.clear();
    for (const uint32_t i : evidence.deliveries(number)) deliveries.push_back(&all[i]);
    std::stable_sort(deliveries.begin(), deliveries.end(),
                     [](const Delivery* a, const Delivery* b) {
                       return a->call.answered_at < b->call.answered_at;
                     });
    const Delivery* previous = nullptr;
    for (const Delivery* delivery : deliveries) {
      if (previous != nullptr || delivery->receive_count > 1) {
        const Cause cause = finder.Find(number, *delivery, previous);
        ++counts.at(static_cast<size_t>(cause));
      }
      previous = delivery;
    }
  }
  return counts;
}

}  // namespace twinq::history
