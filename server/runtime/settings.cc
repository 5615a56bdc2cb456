#include "server/runtime/settings.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "server/runtime/config_file.h"
#include "server/runtime/nearest_name.h"

namespace twinq {
namespace {

constexpr absl::string_view kVariablePrefix = "TWINQ_";

// So many slips a name may be away from a variable that it was meant to be. Few, for other programs
// have variables of this prefix as well.
size_t SlipsMax(absl::string_view name) { return name.size() < 6 ? 1 : 2; }

}  // namespace

std::string VariableOf(absl::string_view setting) {
  std::string name = absl::AsciiStrToUpper(setting);
  std::replace(name.begin(), name.end(), '-', '_');
  return absl::StrCat(kVariablePrefix, name);
}

Settings::Settings(absl::Span<const SettingKind> kinds) {
  settings_.reserve(kinds.size());
  for (const SettingKind& kind : kinds) {
    settings_.push_back({.kind = &kind, .text = std::string(kind.default_text)});
  }
}

size_t Settings::PlaceOf(absl::string_view name) const {
  const auto has_name = [name](const Setting& setting) { return setting.kind->name == name; };
  const auto found = std::find_if(settings_.begin(), settings_.end(), has_name);
  TWINQ_CHECK(found != settings_.end());
  return static_cast<size_t>(found - settings_.begin());
}

const Setting& Settings::Get(absl::string_view name) const { return settings_[PlaceOf(name)]; }

std::vector<absl::string_view> Settings::names() const {
  std::vector<absl::string_view> names;
  names.reserve(settings_.size());
  for (const Setting& setting : settings_) names.push_back(setting.kind->name);
  return names;
}

absl::Status Settings::Give(absl::string_view name, absl::string_view text,
                            absl::string_view origin) {
  Setting& setting = settings_[PlaceOf(name)];
  setting.text = std::string(text);
  setting.origin = std::string(origin);
  const std::string mistake = setting.kind->mistake_in(setting.text);
  if (mistake.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--", name, " (", origin, "): ", mistake));
}

absl::Status Settings::GiveFile(absl::string_view path, absl::string_view contents,
                                absl::string_view not_here) {
  TWINQ_ASSIGN_OR_RETURN(const std::vector<ConfigLine> lines, ParseConfigFile(path, contents));
  std::vector<absl::string_view> known = names();
  known.erase(std::remove(known.begin(), known.end(), not_here), known.end());
  std::map<std::string, int> line_numbers;
  for (const ConfigLine& line : lines) {
    const std::string origin = absl::StrCat(path, ":", line.number);
    if (std::find(known.begin(), known.end(), line.name) == known.end()) {
      return absl::InvalidArgumentError(absl::StrCat(origin, ": there is no setting '", line.name,
                                                     "' here; the nearest is ",
                                                     FindNearestName(line.name, known).name));
    }
    const auto [first, is_first] = line_numbers.emplace(line.name, line.number);
    if (!is_first) {
      return absl::InvalidArgumentError(
          absl::StrCat(origin, ": ", line.name, " is set in line ", first->second, " already"));
    }
    TWINQ_RETURN_IF_ERROR(Give(line.name, line.value, origin));
  }
  return absl::OkStatus();
}

absl::Status Settings::GiveEnvironment(absl::Span<const std::string> variables) {
  for (const absl::string_view entry : variables) {
    if (!absl::StartsWith(entry, kVariablePrefix)) continue;
    const std::pair<absl::string_view, absl::string_view> variable =
        absl::StrSplit(entry, absl::MaxSplits('=', 1));
    TWINQ_RETURN_IF_ERROR(GiveVariable(variable.first, variable.second));
  }
  return absl::OkStatus();
}

absl::Status Settings::GiveVariable(absl::string_view variable, absl::string_view text) {
  const std::string origin = absl::StrCat("environment ", variable);
  const NearestName nearest = FindNearestName(variable.substr(kVariablePrefix.size()), names());
  const std::string meant = VariableOf(nearest.name);
  if (variable == meant) {
    return text.empty() ? absl::OkStatus() : Give(nearest.name, text, origin);
  }
  if (nearest.edits > SlipsMax(nearest.name)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(origin, ": there is no such variable; the nearest is ", meant));
}

std::string Settings::Listing(absl::string_view not_here) const {
  std::vector<std::pair<std::string, std::string>> lines;  // Each with its origin.
  size_t width = 0;
  for (const Setting& setting : settings_) {
    const absl::string_view name = setting.kind->name;
    const bool is_comment = !setting.is_given() || name == not_here;
    lines.emplace_back(absl::StrCat(is_comment ? "# " : "", name, " = ",
                                    setting.text.empty() ? "(none)" : ConfigText(setting.text)),
                       absl::Utf8SafeCEscape(setting.origin));
    width = std::max(width, lines.back().first.size());
  }
  std::string listing;
  for (const auto& [line, origin] : lines) {
    absl::StrAppendFormat(&listing, "%-*s  # %s\n", static_cast<int>(width), line, origin);
  }
  return listing;
}

}  // namespace twinq
