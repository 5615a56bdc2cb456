#include "broker/directory.h"

#include <utility>

#include "absl/hash/hash.h"

namespace twinq {

size_t Directory::BucketOf(absl::string_view name) { return absl::HashOf(name) % kBuckets; }

const Directory::Entry* Directory::Find(absl::string_view name) const {
  const Bucket* bucket = buckets_[BucketOf(name)].get();
  if (bucket == nullptr) return nullptr;
  const auto found = bucket->find(name);
  return found == bucket->end() ? nullptr : &found->second;
}

std::shared_ptr<const Directory> Directory::With(absl::string_view name, const Entry& entry) const {
  auto changed = std::make_shared<Directory>(*this);
  std::shared_ptr<const Bucket>& place = changed->buckets_[BucketOf(name)];
  auto bucket = place == nullptr ? std::make_shared<Bucket>() : std::make_shared<Bucket>(*place);
  bucket->insert_or_assign(std::string(name), entry);
  place = std::move(bucket);
  return changed;
}

std::shared_ptr<const Directory> Directory::Without(absl::string_view name) const {
  auto changed = std::make_shared<Directory>(*this);
  std::shared_ptr<const Bucket>& place = changed->buckets_[BucketOf(name)];
  if (place == nullptr) return changed;
  auto bucket = std::make_shared<Bucket>(*place);
  bucket->erase(name);
  place = std::move(bucket);
  return changed;
}

}  // namespace twinq
