#include "client/cli/manual/help.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "core/base/check.h"

namespace twinq::cli {
namespace {

constexpr size_t kColumns = 80;
constexpr size_t kDescriptionColumn = 26;

// "  NAME     description", the description in lines of its own column.
void AppendEntry(const std::string& name, const std::string& description, std::string& text) {
  std::string line = "  " + name;
  if (line.size() + 2 > kDescriptionColumn) {
    absl::StrAppend(&text, line, "\n");
    line.clear();
  }
  line.resize(kDescriptionColumn, ' ');
  for (const absl::string_view word : absl::StrSplit(description, ' ')) {
    const bool is_first = line.size() == kDescriptionColumn;
    if (!is_first && line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(&text, line, "\n");
      line.assign(kDescriptionColumn, ' ');
    } else if (!is_first) {
      line += ' ';
    }
    absl::StrAppend(&line, word);
  }
  absl::StrAppend(&text, line, "\n");
}

void AppendArguments(const std::string& heading, const std::vector<ArgumentOutline>& arguments,
                     std::string& text) {
  if (arguments.empty()) return;
  absl::StrAppend(&text, "\n", heading, ":\n");
  for (const ArgumentOutline& argument : arguments) {
    const std::string remark = argument.Remark();
    AppendEntry(
        argument.Synopsis(),
        absl::StrCat(argument.description, remark.empty() ? "" : absl::StrCat(" (", remark, ")")),
        text);
  }
}

// Without --help, which is every verb's.
std::vector<ArgumentOutline> OwnOptions(const VerbOutline& verb) {
  std::vector<ArgumentOutline> options;
  for (const ArgumentOutline& option : verb.options) {
    if (option.names.back() != "--help") options.push_back(option);
  }
  return options;
}

std::string PathOf(const CLI::App& app) {
  if (app.get_parent() == nullptr) return "";
  const std::string above = PathOf(*app.get_parent());
  return above.empty() ? app.get_name() : absl::StrCat(above, " ", app.get_name());
}

}  // namespace

std::string HelpText(const VerbOutline& program, const VerbOutline& verb) {
  std::string text = absl::StrCat(verb.description, ".\n\nUsage: ", verb.Usage(), "\n");
  AppendArguments("Arguments", verb.positionals, text);
  if (!verb.verbs.empty()) absl::StrAppend(&text, "\nVerbs:\n");
  for (const VerbOutline& below : verb.verbs) AppendEntry(below.name(), below.description, text);
  if (!verb.path.empty()) AppendArguments("Options", OwnOptions(verb), text);
  AppendArguments("Options of every verb", program.options, text);
  if (!verb.footer.empty()) absl::StrAppend(&text, "\n", verb.footer, "\n");
  return text;
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string /*name*/,
                                     CLI::AppFormatMode /*mode*/) const {
  const CLI::App* root = app;
  while (root->get_parent() != nullptr) root = root->get_parent();
  const VerbOutline program = OutlineOf(*root);
  if (app == root) return HelpText(program, program);
  const std::string path = PathOf(*app);
  for (const VerbOutline* verb : AllVerbs(program)) {
    if (verb->path == path) return HelpText(program, *verb);
  }
  TWINQ_CHECK(false);
}

}  // namespace twinq::cli
