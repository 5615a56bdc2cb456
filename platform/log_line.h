#ifndef TWINQ_PLATFORM_LOG_LINE_H_
#define TWINQ_PLATFORM_LOG_LINE_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace twinq::platform {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// kText: time=… level=info event=ready grpc=127.0.0.1:9323
// kJson: {"time":"…","level":"info","event":"ready","grpc":"127.0.0.1:9323"}
enum class LogFormat { kText, kJson };

// "debug", "info", "warning" or "error".
absl::string_view NameOf(LogLevel level);

// A fact of an event: a name in snake_case, and a text, a whole number, or a finite span of time,
// which is written in seconds with three decimals.
//
// Lifetime: borrows name and text; made in the call that logs it.
class LogField {
 public:
  using Value = std::variant<absl::string_view, int64_t, uint64_t, absl::Duration>;

  LogField(absl::string_view name, absl::string_view text) : name_(name), value_(text) {}
  LogField(absl::string_view name, absl::Duration span) : name_(name), value_(span) {}
  template <std::integral Number>
  LogField(absl::string_view name, Number number) : name_(name), value_(Widened(number)) {}

  absl::string_view name() const { return name_; }
  const Value& value() const { return value_; }

 private:
  template <std::integral Number>
  static auto Widened(Number number) {
    return static_cast<std::conditional_t<std::is_signed_v<Number>, int64_t, uint64_t>>(number);
  }

  absl::string_view name_;
  Value value_;
};

// The event as one line with its end: time in UTC with milliseconds (RFC 3339), level, name of the
// event, fields.
//
// Guarantee: whatever the texts hold, it is one line of valid UTF-8 without control characters, and
// under kJson one JSON object.
std::string LogLine(LogFormat format, absl::Time time, LogLevel level, absl::string_view event,
                    absl::Span<const LogField> fields);

// The text as the log's text form has it: as it is if that is one word that needs no quotes, else
// in quotes as JSON has them.
std::string LogText(absl::string_view text);

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_LOG_LINE_H_
