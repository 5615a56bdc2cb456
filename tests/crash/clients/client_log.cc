#include "tests/crash/clients/client_log.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"

#include "core/base/status_macros.h"
#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

using history::Outcome;
using Words = absl::Span<const absl::string_view>;

template <typename Number>
std::optional<Number> NumberIn(absl::string_view word) {
  Number number = 0;
  if (!absl::SimpleAtoi(word, &number)) return std::nullopt;
  return number;
}

std::optional<history::MessageName> NameIn(absl::string_view word) {
  const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(word, '-');
  const auto producer = NumberIn<uint32_t>(halves.first);
  const auto number = NumberIn<uint32_t>(halves.second);
  if (!producer.has_value() || !number.has_value()) return std::nullopt;
  return history::MessageName{.producer = *producer, .number = *number};
}

std::optional<LoggedDelivery> DeliveryIn(absl::string_view word) {
  const std::vector<absl::string_view> parts = absl::StrSplit(word, '/');
  if (parts.size() != 5) return std::nullopt;
  const auto name = NameIn(parts[0]);
  const auto id = ParseMessageId(parts[1]);
  const auto sequence = NumberIn<uint64_t>(parts[2]);
  const auto count = NumberIn<uint32_t>(parts[3]);
  const auto handle = NumberIn<HandleDigest>(parts[4]);
  if (!name || !id || !sequence || !count || !handle) return std::nullopt;
  return LoggedDelivery{.message = *name,
                        .id = *id,
                        .sequence = SequenceNumber(*sequence),
                        .receive_count = *count,
                        .handle = *handle};
}

std::optional<Outcome> OutcomeIn(absl::string_view word) {
  if (word == "done") return Outcome::kDone;
  if (word == "refused") return Outcome::kRefused;
  return std::nullopt;
}

std::optional<LoggedHandling::Ending> EndingIn(absl::string_view word) {
  if (word == "ok") return LoggedHandling::Ending::kOk;
  if (word == "failed") return LoggedHandling::Ending::kFailed;
  return std::nullopt;
}

// Each word read by `read`; none if one of them cannot be.
template <typename Item>
std::optional<std::vector<Item>> Each(Words words, std::optional<Item> (*read)(absl::string_view)) {
  std::vector<Item> items;
  for (const absl::string_view word : words) {
    std::optional<Item> item = read(word);
    if (!item.has_value()) return std::nullopt;
    items.push_back(*std::move(item));
  }
  return items;
}

// Reads line after line. Each method is false for a line that cannot be.
class Reader {
 public:
  bool Read(absl::string_view line) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    if (words.size() < 3) return false;
    const auto number = NumberIn<uint64_t>(words[1]);
    const auto nanos = NumberIn<int64_t>(words[2]);
    if (!number.has_value() || !nanos.has_value()) return false;
    const Timestamp at = Timestamp::FromNanos(*nanos);
    const Words rest = Words(words).subspan(3);
    if (words[0] == "ask") return Ask(*number, at, rest);
    if (words[0] == "answer") return Answer(*number, at, rest);
    if (words[0] == "failure") return Fail(*number, at);
    if (words[0] == "begin") return Begin(*number, at, rest);
    return words[0] == "end" && End(*number, at, rest);
  }

  ClientLog Take() { return std::move(log_); }

 private:
  bool Ask(uint64_t number, Timestamp at, Words words) {
    if (words.empty() || !calls_.emplace(number, log_.calls.size()).second) return false;
    LoggedCall call{.asked_at = at};
    if (words[0] == "delete") {
      call.kind = LoggedCall::Kind::kDelete;
      words.remove_prefix(1);
    } else {
      if (words[0] != "receive" && words[0] != "change") return false;
      if (words[0] == "change") call.kind = LoggedCall::Kind::kChange;
      const auto seconds = words.size() > 1 ? NumberIn<int64_t>(words[1]) : std::nullopt;
      if (!seconds.has_value()) return false;
      call.visibility = absl::Seconds(*seconds);
      words.remove_prefix(2);
    }
    auto handles = Each(words, NumberIn<HandleDigest>);
    if (!handles.has_value()) return false;
    call.handles = *std::move(handles);
    call.entries.assign(call.handles.size(), Outcome::kUnknown);
    log_.calls.push_back(std::move(call));
    return true;
  }

  // The call in progress that has this number; null if none has. It ends with this.
  LoggedCall* EndCall(uint64_t number, Timestamp at) {
    const auto place = calls_.find(number);
    if (place == calls_.end()) return nullptr;
    LoggedCall& call = log_.calls[place->second];
    calls_.erase(place);
    call.ended_at = at;
    return &call;
  }

  bool Answer(uint64_t number, Timestamp at, Words words) {
    LoggedCall* const call = EndCall(number, at);
    if (call == nullptr) return false;
    call->outcome = Outcome::kDone;
    if (call->kind == LoggedCall::Kind::kReceive) {
      auto deliveries = Each(words, DeliveryIn);
      if (!deliveries.has_value()) return false;
      call->deliveries = *std::move(deliveries);
      return true;
    }
    auto entries = Each(words, OutcomeIn);
    if (!entries.has_value() || entries->size() != call->handles.size()) return false;
    call->entries = *std::move(entries);
    return true;
  }

  bool Fail(uint64_t number, Timestamp at) { return EndCall(number, at) != nullptr; }

  bool Begin(HandleDigest handle, Timestamp at, Words words) {
    if (words.size() != 2) return false;
    const auto name = NameIn(words[0]);
    const auto id = ParseMessageId(words[1]);
    if (!name.has_value() || !id.has_value()) return false;
    if (!handlings_.emplace(handle, log_.handlings.size()).second) return false;
    log_.handlings.push_back({.handle = handle, .message = *name, .id = *id, .begin = at});
    return true;
  }

  bool End(HandleDigest handle, Timestamp at, Words words) {
    const auto place = handlings_.find(handle);
    if (place == handlings_.end() || words.size() != 1) return false;
    const auto ending = EndingIn(words[0]);
    LoggedHandling& handling = log_.handlings[place->second];
    if (!ending.has_value() || handling.ending != LoggedHandling::Ending::kNone) return false;
    handling.end = at;
    handling.ending = *ending;
    return true;
  }

  ClientLog log_;
  absl::flat_hash_map<uint64_t, size_t> calls_;  // Those in progress, by number.
  absl::flat_hash_map<HandleDigest, size_t> handlings_;
};

}  // namespace

HandleDigest DigestOf(absl::string_view receipt_handle) {
  // Fowler, Noll and Vo's 1a.
  constexpr uint64_t kBasis = 0xcbf29ce484222325;
  constexpr uint64_t kPrime = 0x100000001b3;
  HandleDigest digest = kBasis;
  for (const char byte : receipt_handle) {
    digest = (digest ^ static_cast<unsigned char>(byte)) * kPrime;
  }
  return digest;
}

absl::StatusOr<ClientLog> ParseClientLog(absl::string_view text) {
  text = text.substr(0, text.rfind('\n') == absl::string_view::npos ? 0 : text.rfind('\n'));
  Reader reader;
  if (text.empty()) return reader.Take();
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!reader.Read(line)) {
      return absl::InvalidArgumentError(absl::StrCat("no line of a log: ", line));
    }
  }
  ClientLog log = reader.Take();
  // Threads may have written two events in another order than they noted their instants.
  std::stable_sort(
      log.calls.begin(), log.calls.end(),
      [](const LoggedCall& a, const LoggedCall& b) { return a.asked_at < b.asked_at; });
  std::stable_sort(
      log.handlings.begin(), log.handlings.end(),
      [](const LoggedHandling& a, const LoggedHandling& b) { return a.begin < b.begin; });
  return log;
}

}  // namespace twinq::crash
