#include "tests/crash/message_text.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace twinq::crash {
namespace {

constexpr size_t kSequenceDigits = 20;

// What a body is filled with: it depends on the message and the place, so that bytes of another
// message show.
char FillAt(const history::MessageName& name, size_t place) {
  constexpr size_t kLetters = 26;
  return static_cast<char>('a' + (name.producer + size_t{name.number} * 7 + place) % kLetters);
}

}  // namespace

std::string TextOf(const history::MessageName& name) {
  return absl::StrCat(name.producer, "-", name.number);
}

std::string BodyOf(const history::MessageName& name, size_t bytes) {
  std::string body = absl::StrCat(TextOf(name), " ", bytes, " ");
  while (body.size() < bytes) body.push_back(FillAt(name, body.size()));
  return body;
}

history::MessageName NameInBody(absl::string_view body) {
  const std::vector<absl::string_view> words = absl::StrSplit(body, ' ');
  if (words.size() != 3) return history::kNobodysMessage;
  const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(words[0], '-');
  history::MessageName name;
  size_t bytes = 0;
  if (!absl::SimpleAtoi(halves.first, &name.producer) ||
      !absl::SimpleAtoi(halves.second, &name.number) || !absl::SimpleAtoi(words[1], &bytes) ||
      bytes > body.size() || BodyOf(name, bytes) != body) {
    return history::kNobodysMessage;
  }
  return name;
}

std::optional<MessageId> ParseMessageId(absl::string_view text) {
  const std::string digits = absl::StrReplaceAll(text, {{"-", ""}});
  constexpr size_t kHalf = 16;
  uint64_t high = 0;
  uint64_t low = 0;
  if (digits.size() != 2 * kHalf ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit) ||
      !absl::SimpleHexAtoi(digits.substr(0, kHalf), &high) ||
      !absl::SimpleHexAtoi(digits.substr(kHalf), &low)) {
    return std::nullopt;
  }
  const MessageId id = MessageId::FromBits(high, low);
  if (id.ToText() != text) return std::nullopt;
  return id;
}

SequenceNumber ParseSequenceNumber(absl::string_view text) {
  uint64_t value = 0;
  if (text.size() != kSequenceDigits || !absl::SimpleAtoi(text, &value)) return SequenceNumber();
  return SequenceNumber(value);
}

}  // namespace twinq::crash
