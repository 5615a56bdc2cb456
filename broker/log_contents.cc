#include "broker/log_contents.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace twinq {
namespace {

MessageItem ItemOf(const MessagePut& put) {
  return {.queue = put.queue, .sequence = put.sequence, .slot = put.slot};
}

}  // namespace

LogItem LogContents::Stretch::next() const {
  size_t index = taken;
  if (index < owners.size()) return owners[index];
  index -= owners.size();
  if (index < messages.size()) return messages[index];
  return dedups[index - messages.size()];
}

void LogContents::NoteCopy(const Record& record) {
  if (const auto* put = std::get_if<MessagePut>(&record)) ++superseded_[ItemOf(*put)];
  if (const auto* put = std::get_if<DedupPut>(&record)) {
    ++superseded_[DedupItem{put->queue, put->sequence}];
  }
  Note(record);
}

void LogContents::Note(const Record& record) {
  Stretch& open = stretches_.back();
  if (const auto* message = std::get_if<MessagePut>(&record)) {
    open.messages.push_back(ItemOf(*message));
    if (message->dedup.has_value()) open.dedups.push_back({message->queue, message->sequence});
  } else if (const auto* dedup = std::get_if<DedupPut>(&record)) {
    open.dedups.push_back({dedup->queue, dedup->sequence});
  } else if (const auto* queue = std::get_if<QueuePut>(&record)) {
    PushOwner(QueueItem{queue->queue});
  } else if (const auto* deleted = std::get_if<DeletedNamePut>(&record)) {
    PushOwner(DeletedNameItem{.deleted_at = deleted->deleted_at, .queue = deleted->queue});
  } else if (std::holds_alternative<ShardPut>(record)) {
    PushOwner(ShardItem());
  }
}

void LogContents::PushOwner(const LogItem& item) {
  if (!owners_.insert(item).second) ++superseded_[item];
  stretches_.back().owners.push_back(item);
}

void LogContents::NoteAppended(JournalPosition end, uint64_t bytes) {
  bytes_ += bytes;
  stretches_.back().bytes += bytes;
  if (stretches_.back().bytes >= stretch_bytes_) Close(stretches_.back(), end);
}

void LogContents::Close(Stretch& stretch, JournalPosition end) {
  stretch.bytes_per_item = stretch.bytes / std::max<size_t>(stretch.size(), 1);
  stretches_.push_back({.begin = end, .owners = {}, .messages = {}, .dedups = {}});
}

std::optional<LogItem> LogContents::Oldest() {
  while (stretches_.size() > 1) {
    Stretch& front = stretches_.front();
    if (front.taken == front.size()) {
      bytes_ -= front.bytes;
      bytes_before_ += front.bytes;
      stretches_.pop_front();
      continue;
    }
    const LogItem item = front.next();
    if (!TakeSuperseded(item)) return item;
    ++front.taken;
  }
  return std::nullopt;
}

bool LogContents::TakeSuperseded(const LogItem& item) {
  if (superseded_.empty()) return false;
  const auto found = superseded_.find(item);
  if (found == superseded_.end()) return false;
  if (--found->second == 0) superseded_.erase(found);
  return true;
}

void LogContents::RemoveOldest() {
  Stretch& front = stretches_.front();
  TWINQ_CHECK(stretches_.size() > 1 && front.taken < front.size());
  if (front.taken < front.owners.size()) owners_.erase(front.owners[front.taken]);
  ++front.taken;
}

}  // namespace twinq
