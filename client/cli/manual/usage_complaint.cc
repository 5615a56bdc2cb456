#include "client/cli/manual/usage_complaint.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace twinq::cli {
namespace {

// The verb that the parser had come to.
const CLI::App& LastParsed(const CLI::App& program) {
  const std::vector<CLI::App*> below = program.get_subcommands();
  return below.empty() ? program : LastParsed(*below.back());
}

std::string VerbsBelow(const CLI::App& app) {
  return absl::StrJoin(
      app.get_subcommands([](const CLI::App*) { return true; }), ", ",
      [](std::string* text, const CLI::App* verb) { absl::StrAppend(text, verb->get_name()); });
}

std::string What(const CLI::App& program, const CLI::App& verb, const CLI::ParseError& problem) {
  const std::vector<std::string> unknown = program.remaining(/*recurse=*/true);
  for (const std::string& word : unknown) {
    if (absl::StartsWith(word, "-")) return absl::StrCat("there is no option ", word);
  }
  const std::string verbs = VerbsBelow(verb);
  if (unknown.empty()) return verbs.empty() ? problem.what() : "which verb? There are " + verbs;
  if (verbs.empty()) return absl::StrCat("one argument too many: ", unknown.front());
  return absl::StrCat("there is no verb \"", unknown.front(), "\"; there are ", verbs);
}

}  // namespace

std::string UsageComplaint(const CLI::App& program, const CLI::ParseError& problem) {
  const CLI::App& verb = LastParsed(program);
  std::string path;
  for (const CLI::App* app = &verb; app != nullptr; app = app->get_parent()) {
    path = absl::StrCat(app->get_name(), path.empty() ? "" : " ", path);
  }
  return absl::StrCat(What(program, verb, problem), "\nsee `", path, " --help`");
}

}  // namespace twinq::cli
