#ifndef TWINQ_SERVER_RUNTIME_SETTINGS_H_
#define TWINQ_SERVER_RUNTIME_SETTINGS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace twinq {

// Something that can be set: by the flag --NAME, by a variable of the environment, or by a line of
// the config file.
struct SettingKind {
  absl::string_view name;          // "data-dir"
  absl::string_view form;          // What stands for the value in --help: "DIR".
  absl::string_view default_text;  // Empty: there is none.
  absl::string_view meaning;       // For --help.
  // Empty if the text is a value of this setting; else names it, and what is allowed.
  std::string (*mistake_in)(const std::string& text);
};

// What a setting is, and who says so.
struct Setting {
  const SettingKind* kind;
  std::string text;
  std::string origin = "default";  // Or "FILE:LINE", "environment TWINQ_NAME", "command line".

  bool is_given() const { return origin != "default"; }
};

// The name of the environment's variable: TWINQ_DATA_DIR for data-dir.
std::string VariableOf(absl::string_view setting);

// The settings of a program: their defaults, and over them what is given, later over earlier.
//
// Errors: InvalidArgument, in words for the user: an unknown name, with the nearest known one, or a
// bad value, with name, origin and what is allowed.
// Lifetime: borrows the kinds.
class Settings {
 public:
  explicit Settings(absl::Span<const SettingKind> kinds);

  // The value's text counts from now on. REQUIRES: there is a setting of this name.
  absl::Status Give(absl::string_view name, absl::string_view text, absl::string_view origin);
  // The lines of a config file; none may name the setting `not_here`.
  absl::Status GiveFile(absl::string_view path, absl::string_view contents,
                        absl::string_view not_here);
  // Those variables, NAME=VALUE each, that are a setting's; an empty one says nothing. One that
  // begins with TWINQ_ and is a slip of the pen away from a setting's is an error; others are
  // somebody else's.
  absl::Status GiveEnvironment(absl::Span<const std::string> variables);

  // REQUIRES: there is a setting of this name.
  const Setting& Get(absl::string_view name) const;
  std::vector<absl::string_view> names() const;
  // All settings, as lines of a config file that says the same: what is not given, and `not_here`,
  // in comments. Each line ends with a comment that names the origin.
  std::string Listing(absl::string_view not_here) const;

 private:
  // A variable that begins as ours do.
  absl::Status GiveVariable(absl::string_view variable, absl::string_view text);
  size_t PlaceOf(absl::string_view name) const;

  std::vector<Setting> settings_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_SETTINGS_H_
