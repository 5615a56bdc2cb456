#include "server/runtime/command_growth.h"

#include <variant>

namespace twinq {
namespace {

// What a record has beside a body, and what a frame adds to it; what a slot and its entries in
// indices take; at most.
constexpr uint64_t kRecordBytes = 1'024;
// A new queue with its name and attributes, but for the documents among them.
constexpr uint64_t kQueueBytes = 2'048;
// A tag beside its key and value.
constexpr uint64_t kTagBytes = 100;

uint64_t DocumentBytes(const GivenKeptAttributes& given) {
  uint64_t bytes = 0;
  const auto add = [&bytes](const JsonText& document) {
    bytes += document.text.size() + document.canonical.size();
  };
  if (given.policy.has_value()) add(*given.policy);
  if (given.redrive_allow_policy.has_value()) add(*given.redrive_allow_policy);
  if (given.redrive_policy.has_value()) add(given.redrive_policy->json);
  return bytes;
}

uint64_t TagBytes(const QueueTags& tags) {
  uint64_t bytes = 0;
  for (const auto& [key, value] : tags) bytes += key.size() + value.size() + kTagBytes;
  return bytes;
}

}  // namespace

std::optional<uint64_t> GrowthOf(const Command& command) {
  if (const auto* create = std::get_if<CreateQueue>(&command)) {
    return kQueueBytes + DocumentBytes(create->attributes.kept) + TagBytes(create->tags);
  }
  const auto* send = std::get_if<SendMessages>(&command);
  if (send == nullptr) return std::nullopt;
  uint64_t bytes = 0;
  for (const SendMessages::Entry& entry : send->entries) {
    bytes += kRecordBytes + (entry.payload ? entry.payload->bytes().size() : 0);
  }
  return bytes;
}

}  // namespace twinq
