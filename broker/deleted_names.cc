#include "broker/deleted_names.h"

#include "absl/strings/str_cat.h"

#include "core/model/limits.h"

namespace twinq {

void DeletedNames::Put(const DeletedNameItem& item, const std::string& name) {
  const auto known = by_name_.find(name);
  if (known != by_name_.end()) {
    if (item <= known->second) return;
    Remove(known->second);
  }
  by_name_.insert_or_assign(name, item);
  by_time_.emplace(item, name);
  bytes_ += name.size();
}

void DeletedNames::Remove(const DeletedNameItem& item) {
  const auto found = by_time_.find(item);
  bytes_ -= found->second.size();
  by_name_.erase(found->second);
  by_time_.erase(found);
}

bool DeletedNames::Holds(absl::string_view name, Timestamp now) const {
  const auto found = by_name_.find(name);
  return found != by_name_.end() && now < found->second.deleted_at + kDeletedNameInterval;
}

const std::string* DeletedNames::Find(const DeletedNameItem& item, Timestamp now) const {
  const auto found = by_time_.find(item);
  const bool is_held = found != by_time_.end() && now < item.deleted_at + kDeletedNameInterval;
  return is_held ? &found->second : nullptr;
}

Timestamp DeletedNames::NextDeadline() const {
  return by_time_.empty() ? Timestamp::Infinite()
                          : by_time_.begin()->first.deleted_at + kDeletedNameInterval;
}

int DeletedNames::Forget(Timestamp now, int budget) {
  int done = 0;
  for (; done < budget && NextDeadline() <= now; ++done) Remove(by_time_.begin()->first);
  return done;
}

std::string DeletedNames::Dump() const {
  std::string text;
  for (const auto& [item, name] : by_time_) {
    absl::StrAppend(&text, "deleted ", name, " at=", item.deleted_at.nanos(),
                    " queue=", item.queue.value(), "\n");
  }
  return text;
}

}  // namespace twinq
