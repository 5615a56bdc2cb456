// How records change a broker: the same in live use and in replay.

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

#include "broker/broker.h"
#include "broker/record_codec.h"
#include "core/base/check.h"

namespace twinq {
namespace {

// What the copy of a queue takes in a log beside its name.
constexpr uint64_t kQueueCopyBytes = 100;
// And that of the name of a deleted queue.
constexpr uint64_t kDeletedNameCopyBytes = 21;

// How often memory has a queue's name: the catalogue, its index, the shard and the directory; and
// its documents: as they were given, and in canonical form.
constexpr uint64_t kNameCopies = 4;
constexpr uint64_t kKeptCopies = 2;
// The entries of the name of a deleted queue in two tables, beside the name.
constexpr uint64_t kDeletedNameBytes = 150;

std::string KeptText(const KeptAttributes& kept) {
  return absl::StrCat(
      "throughput_limit=", static_cast<int>(kept.fifo_throughput_limit), " reuse=",
      absl::FormatDuration(kept.kms_data_key_reuse_period.value_or(absl::ZeroDuration())),
      " key=", kept.kms_master_key_id, " policy=", kept.policy.text,
      " redrive_allow=", kept.redrive_allow_policy.text, " redrive=", kept.redrive_policy.json.text,
      " dead_letters=", kept.redrive_policy.dead_letter_queue, " sse=", kept.sqs_managed_sse,
      " tags=", absl::StrJoin(kept.tags, ",", absl::PairFormatter("=")));
}

std::string SettingsText(const QueueState& state) {
  const QueueAttributes& attributes = state.settings.attributes;
  std::string text = absl::StrCat(
      "delay=", absl::FormatDuration(attributes.delay), " bytes_max=", attributes.message_bytes_max,
      " retention=", absl::FormatDuration(attributes.retention),
      " wait=", absl::FormatDuration(attributes.receive_wait),
      " visibility=", absl::FormatDuration(attributes.visibility_timeout));
  absl::StrAppend(&text, " content_dedup=", attributes.content_based_dedup ? "true" : "false",
                  " scope=", static_cast<int>(attributes.dedup_scope), "/",
                  static_cast<int>(state.dedup_scope),
                  " delay_floor=", state.settings.delay_floor.sent_at.nanos(), "/",
                  state.settings.delay_floor.sequence.value(),
                  " retention_floor=", state.settings.retention_floor.nanos());
  absl::StrAppend(&text, " created=", state.created_at.nanos(),
                  " modified=", state.modified_at.nanos(), " purged=", state.purged_at.nanos());
  if (state.kept != nullptr) absl::StrAppend(&text, " ", KeptText(*state.kept));
  return text;
}

}  // namespace

std::vector<BodyRef> Broker::Apply(const Record& record) {
  return std::visit([this](const auto& alternative) { return ApplyOne(alternative); }, record);
}

std::vector<BodyRef> Broker::ApplyOne(const ShardPut& put) {
  shard_ = put;
  last_sequence_ = std::max(last_sequence_, SequenceNumber::BeforeFirstOfStart(put.start_number));
  NoteTime(put.newest_record_at);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const QueuePut& put) {
  NoteChange(catalogue_.Put(put));
  shard_.next_queue = std::max(shard_.next_queue, QueueId(put.queue.value() + 1));
  NoteTime(put.modified_at);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const QueueRemoved& removed) {
  QueueState* state = catalogue_.Find(removed.queue);
  if (state == nullptr) return {};
  PutOutOfReach(*state, last_sequence_);
  NoteFootprint(*state, 0, {});
  catalogue_.Remove(removed.queue);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const DeletedNamePut& put) {
  deleted_names_.Put({.deleted_at = put.deleted_at, .queue = put.queue}, put.name.text());
  NoteTime(put.deleted_at);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const Purged& purged) {
  NoteTime(purged.purged_at);
  QueueState* state = catalogue_.Find(purged.queue);
  if (state == nullptr) return {};
  PutOutOfReach(*state, purged.through);
  state->purged_at = purged.purged_at;
  NoteChange(*state);
  return {};
}

void Broker::PutOutOfReach(QueueState& state, SequenceNumber through) {
  std::unique_ptr<PurgedMessages> messages = state.queue->Purge(through);
  if (!messages->empty()) remains_.push_back({state.id, std::move(messages)});
}

std::vector<BodyRef> Broker::ApplyOne(const SlotsFreed& freed) {
  std::vector<BodyRef> bodies;
  for (auto remains = remains_.begin(); remains != remains_.end();) {
    if (remains->queue != freed.queue) {
      ++remains;
      continue;
    }
    // Older ones of the queue may have had no messages, only what deduplicated them.
    remains->messages->Free(freed.through, std::numeric_limits<int>::max(), bodies);
    const bool is_done = remains->messages->freed_through() == freed.through;
    remains = remains->messages->empty() ? remains_.erase(remains) : std::next(remains);
    if (is_done) break;
  }
  std::erase_if(bodies, [](BodyRef body) { return body.is_null(); });
  return bodies;
}

std::vector<BodyRef> Broker::ApplyOne(const MessagePut& put) {
  last_sequence_ = std::max(last_sequence_, put.sequence);
  NoteTime(put.sent_at);
  QueueState& state = catalogue_.FindOrAddNameless(put.queue, put.kind);
  state.queue->Apply(put);
  NoteChange(state);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const DedupPut& put) {
  last_sequence_ = std::max(last_sequence_, put.sequence);
  NoteTime(put.first_sent_at);
  QueueState& state = catalogue_.FindOrAddNameless(put.queue, QueueKind::kFifo);
  state.queue->Apply(put);
  NoteChange(state);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const Delivered& delivered) {
  NoteTime(delivered.received_at);
  return ChangeMessage(delivered);
}

std::vector<BodyRef> Broker::ApplyOne(const VisibilitySet& set) { return ChangeMessage(set); }

std::vector<BodyRef> Broker::ApplyOne(const MessageRemoved& removed) {
  if (!slots_.Holds(removed.slot, removed.sequence)) return {};
  QueueState& state = StateOf(removed.queue);
  const BodyRef freed = state.queue->Apply(removed);
  NoteChange(state);
  if (freed.is_null()) return {};
  return {freed};
}

template <typename QueueRecord>
std::vector<BodyRef> Broker::ChangeMessage(const QueueRecord& record) {
  if (!slots_.Holds(record.slot, record.sequence)) return {};
  QueueState& state = StateOf(record.queue);
  state.queue->Apply(record);
  NoteChange(state);
  return {};
}

void Broker::NoteChange(QueueState& state) {
  catalogue_.Arm(state);
  const QueueFootprint footprint = state.queue->footprint();
  const uint64_t kept_bytes = state.kept == nullptr ? 0 : EncodedBytes(*state.kept);
  NoteFootprint(state, EncodedBytes(footprint) + kQueueCopyBytes + state.name.size() + kept_bytes,
                {.groups = footprint.groups,
                 .dedup_entries = footprint.dedup_entries,
                 .queues = 1,
                 .queue_bytes = kNameCopies * state.name.size() + kKeptCopies * kept_bytes,
                 .waiters = state.waiters.size()});
}

void Broker::NoteFootprint(QueueState& state, uint64_t log_bytes, const MemoryCounts& memory) {
  live_bytes_ += log_bytes - state.log_bytes;
  state.log_bytes = log_bytes;
  memory_.groups += memory.groups - state.memory.groups;
  memory_.dedup_entries += memory.dedup_entries - state.memory.dedup_entries;
  memory_.queues += memory.queues - state.memory.queues;
  memory_.queue_bytes += memory.queue_bytes - state.memory.queue_bytes;
  memory_.waiters += memory.waiters - state.memory.waiters;
  state.memory = memory;
}

MemoryCounts Broker::memory_counts() const {
  MemoryCounts counts = memory_;
  counts.messages = slots_.used();
  counts.queue_bytes += deleted_names_.size() * kDeletedNameBytes + deleted_names_.bytes();
  return counts;
}

uint64_t Broker::live_bytes() const {
  return live_bytes_ + deleted_names_.size() * kDeletedNameCopyBytes + deleted_names_.bytes();
}

bool Broker::Holds(const Record& record) {
  if (const auto* put = std::get_if<MessagePut>(&record)) {
    return slots_.Holds(put->slot, put->sequence);
  }
  if (const auto* put = std::get_if<DedupPut>(&record)) {
    const QueueState* state = catalogue_.Find(put->queue);
    return state != nullptr && state->queue->Holds(*put);
  }
  return false;
}

void Broker::EndReplay() {
  for (QueueState* state : catalogue_.ById()) {
    if (state->name.empty()) {
      ApplyOne(QueueRemoved{state->id});
    } else {
      state->queue->EndReplay();
      NoteChange(*state);
    }
  }
}

QueueState& Broker::StateOf(QueueId queue) {
  QueueState* state = catalogue_.Find(queue);
  TWINQ_CHECK(state != nullptr);
  return *state;
}

std::vector<BodyRef> Broker::Clear() {
  for (QueueState* state : catalogue_.ById()) PutOutOfReach(*state, last_sequence_);
  std::vector<BodyRef> bodies;
  for (Remains& remains : remains_) {
    remains.messages->Free(last_sequence_, std::numeric_limits<int>::max(), bodies);
  }
  remains_.clear();
  std::erase_if(bodies, [](BodyRef body) { return body.is_null(); });
  return bodies;
}

std::string Broker::Dump() {
  std::string text = absl::StrCat("shard ", shard_number_, " start=", shard_.start_number,
                                  " next_queue=", shard_.next_queue.value(),
                                  " last_sequence=", last_sequence_.value(),
                                  " next_slot=", slots_.NextFree(), " used=", slots_.used(), "\n");
  for (const QueueState* state : catalogue_.ById()) {
    const QueueCounts counts = state->queue->counts();
    absl::StrAppend(&text, "queue ", state->id.value(), " ", state->name, " ", SettingsText(*state),
                    " available=", counts.available, " in_flight=", counts.in_flight,
                    " delayed=", counts.delayed,
                    " next_deadline=", state->queue->NextDeadline().nanos(), "\n",
                    state->queue->Dump());
  }
  absl::StrAppend(&text, deleted_names_.Dump());
  return text;
}

}  // namespace twinq
