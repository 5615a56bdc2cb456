#include "client/cli/manual/outline.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "core/base/check.h"

namespace twinq::cli {
namespace {

// The parser's own word for the type, in the words of people.
std::string ValueNameOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  absl::string_view name = type;
  absl::ConsumePrefix(&name, "TEXT:");  // What a check requires of the text says more.
  return name == "INT" ? "NUMBER" : std::string(name);
}

// "{table,json,raw}"
std::vector<std::string> ChoicesIn(absl::string_view value_name) {
  if (!absl::ConsumePrefix(&value_name, "{") || !absl::ConsumeSuffix(&value_name, "}")) return {};
  return absl::StrSplit(value_name, ',');
}

VerbOutline OutlineBelow(const CLI::App& app, const std::string& path) {
  VerbOutline verb{.path = path, .description = app.get_description(), .footer = app.get_footer()};
  for (const CLI::Option* option : app.get_options()) {
    std::vector<ArgumentOutline>& arguments =
        option->get_positional() ? verb.positionals : verb.options;
    arguments.push_back(OutlineOf(*option));
  }
  for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string prefix = path.empty() ? "" : path + " ";
    verb.verbs.push_back(OutlineBelow(*below, prefix + below->get_name()));
  }
  return verb;
}

void CollectVerbs(const VerbOutline& verb, std::vector<const VerbOutline*>& verbs) {
  for (const VerbOutline& below : verb.verbs) {
    verbs.push_back(&below);
    CollectVerbs(below, verbs);
  }
}

}  // namespace

Offer ArgumentOutline::offer() const {
  if (!choices.empty()) return Offer::kChoices;
  if (names.front() == "QUEUE") return Offer::kQueues;
  return names.front() == "--file" ? Offer::kFiles : Offer::kNothing;
}

std::string ArgumentOutline::Synopsis() const {
  std::string text = absl::StrJoin(names, ", ");
  if (!absl::StartsWith(text, "-")) {
    if (!is_required) text = absl::StrCat("[", text, "]");
  } else if (!choices.empty()) {
    absl::StrAppend(&text, " ", absl::StrJoin(choices, "|"));
  } else if (!value.empty()) {
    absl::StrAppend(&text, " ", value);
  }
  return repeats ? text + "..." : text;
}

std::string ArgumentOutline::Remark() const {
  std::vector<std::string> remarks;
  const bool is_positional = !absl::StartsWith(names.front(), "-");
  if (is_required && !is_positional) remarks.push_back("required");
  if (is_positional && !choices.empty()) remarks.push_back(absl::StrJoin(choices, ", "));
  if (!default_value.empty()) remarks.push_back(absl::StrCat("default ", default_value));
  if (!environment.empty()) remarks.push_back(absl::StrCat("environment ", environment));
  if (!excludes.empty()) remarks.push_back("not with " + absl::StrJoin(excludes, ", "));
  return absl::StrJoin(remarks, "; ");
}

std::string VerbOutline::name() const { return path.substr(path.rfind(' ') + 1); }

std::string VerbOutline::Usage() const {
  std::string usage = "twinq";
  if (!path.empty()) absl::StrAppend(&usage, " ", path);
  usage += " [OPTION]...";
  for (const ArgumentOutline& argument : positionals) {
    absl::StrAppend(&usage, " ", argument.Synopsis());
  }
  return verbs.empty() ? usage : usage + " VERB";
}

ArgumentOutline OutlineOf(const CLI::Option& option) {
  ArgumentOutline argument{.description = option.get_description(),
                           .default_value = option.get_default_str(),
                           .environment = option.get_envname(),
                           .is_required = option.get_required(),
                           .repeats = option.get_items_expected_max() > 1};
  if (option.get_positional()) {
    argument.names.push_back(option.get_name());
  } else {
    for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  }
  if (option.get_type_size() != 0) argument.value = ValueNameOf(option);
  argument.choices = ChoicesIn(argument.value);
  for (const CLI::Option* other : option.get_excludes()) {
    argument.excludes.push_back(other->get_name());
  }
  return argument;
}

VerbOutline OutlineOf(const CLI::App& program) { return OutlineBelow(program, ""); }

std::vector<const VerbOutline*> AllVerbs(const VerbOutline& program) {
  std::vector<const VerbOutline*> verbs;
  CollectVerbs(program, verbs);
  return verbs;
}

std::vector<std::string> OptionsWithValue(const VerbOutline& program) {
  std::vector<const VerbOutline*> verbs = AllVerbs(program);
  verbs.push_back(&program);
  std::set<std::string> with_value;
  std::set<std::string> flags;
  for (const VerbOutline* verb : verbs) {
    for (const ArgumentOutline& option : verb->options) {
      (option.value.empty() ? flags : with_value).insert(option.names.begin(), option.names.end());
    }
  }
  for (const std::string& flag : flags) TWINQ_CHECK(with_value.count(flag) == 0);
  return {with_value.begin(), with_value.end()};
}

}  // namespace twinq::cli
