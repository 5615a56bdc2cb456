#include "client/cli/manual/man_page.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace twinq::cli {
namespace {

constexpr char kIntroduction[] = R"(Each verb is one call to a twinqd, or a few.
A queue is named by its name or its URL.
What a verb prints goes to standard output, complaints go to standard error.
A DURATION is a number with a unit, or several: 500ms, 30s, 5m, 1h30m.
)";

// A line of text that says what it says, whatever it begins with.
std::string Escaped(absl::string_view line) {
  const std::string text = absl::StrReplaceAll(line, {{"\\", "\\e"}, {"-", "\\-"}});
  return absl::StartsWith(text, ".") || absl::StartsWith(text, "'") ? "\\&" + text : text;
}

// Lines that stand as they are.
void AppendLines(absl::string_view lines, std::string& page) {
  page += ".PP\n.EX\n";
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    absl::StrAppend(&page, Escaped(line), "\n");
  }
  page += ".EE\n";
}

void AppendArguments(const std::vector<ArgumentOutline>& arguments, std::string& page) {
  for (const ArgumentOutline& argument : arguments) {
    const std::string remark = argument.Remark();
    absl::StrAppend(&page, ".TP\n.B ", Escaped(argument.Synopsis()), "\n",
                    Escaped(argument.description), "\n");
    if (!remark.empty()) absl::StrAppend(&page, "(", Escaped(remark), ")\n");
  }
}

std::vector<ArgumentOutline> OwnArguments(const VerbOutline& verb) {
  std::vector<ArgumentOutline> arguments = verb.positionals;
  for (const ArgumentOutline& option : verb.options) {
    if (option.names.back() != "--help") arguments.push_back(option);
  }
  return arguments;
}

void AppendEnvironment(const std::vector<ArgumentOutline>& options, std::string& page) {
  for (const ArgumentOutline& option : options) {
    if (option.environment.empty()) continue;
    absl::StrAppend(&page, ".TP\n.B ", Escaped(option.environment), "\nStands in for ",
                    Escaped(option.names.back()), ".\n");
  }
}

}  // namespace

std::string ManPage(const VerbOutline& program, absl::string_view version) {
  std::string page = absl::StrCat(
      ".TH TWINQ 1 \"\" \"twinq ", version, "\" \"User Commands\"\n.SH NAME\ntwinq \\- ",
      Escaped(program.description), "\n.SH SYNOPSIS\n.B ", Escaped(program.Usage()),
      "\n.SH DESCRIPTION\n", kIntroduction, ".SH OPTIONS OF EVERY VERB\n");
  AppendArguments(program.options, page);
  page += ".SH VERBS\n";
  for (const VerbOutline* verb : AllVerbs(program)) {
    if (!verb->verbs.empty()) continue;
    absl::StrAppend(&page, ".SS \"", Escaped(verb->Usage()), "\"\n", Escaped(verb->description),
                    ".\n");
    AppendArguments(OwnArguments(*verb), page);
    if (!verb->footer.empty()) AppendLines(verb->footer, page);
  }
  page += ".SH ENVIRONMENT\n";
  AppendEnvironment(program.options, page);
  page += ".SH EXIT STATUS\n";
  AppendLines(program.footer.substr(program.footer.find('\n') + 1), page);  // Less its heading.
  return page;
}

}  // namespace twinq::cli
