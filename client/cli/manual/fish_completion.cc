#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

#include "client/cli/manual/completion_scripts.h"

namespace twinq::cli {
namespace {

constexpr char kHead[] = R"fish(# Completion of twinq for fish, made by `twinq completion fish`.

# Whether the line is at this verb and, if it is given, behind so many arguments of it.
function __twinq_at
    set -l verb ''
    set -l place 0
    set -l value_follows no
    for word in (commandline -opc)[2..]
        if test $value_follows = yes
            set value_follows no
        else if string match -q -- '-*' $word
            contains -- $word @WITH_VALUE@
            and set value_follows yes
        else if contains -- (string trim -- "$verb $word") @PATHS@
            set verb (string trim -- "$verb $word")
        else
            set place (math $place + 1)
        end
    end
    test "$verb" = "$argv[1]"
    and begin
        not set -q argv[2]
        or test $place = $argv[2]
    end
end

function __twinq_queues
    set -l server (string match -r -g -- '--server[= ]+([^ ]+)' (commandline -p))
    set -q server[1]
    and set server --server $server[1]
    timeout 1 twinq $server queue list (commandline -ct) --output raw 2>/dev/null
end

complete -c twinq -f
)fish";

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

std::string At(const std::string& path) { return absl::StrCat("__twinq_at \"", path, "\""); }

// What is offered, and no files unless they are.
std::string Offered(const ArgumentOutline& argument) {
  switch (argument.offer()) {
    case Offer::kChoices:
      return absl::StrCat(" -x -a ", Quoted(absl::StrJoin(argument.choices, " ")));
    case Offer::kQueues:
      return " -x -a '(__twinq_queues)'";
    case Offer::kFiles:
      return " -r -F";
    case Offer::kNothing:
      break;
  }
  return " -x";
}

std::string OptionLine(const ArgumentOutline& option, const std::string& condition) {
  std::string line = absl::StrCat("complete -c twinq", condition);
  for (const std::string& name : option.names) {
    absl::string_view bare = name;
    const bool is_long = absl::ConsumePrefix(&bare, "--");
    absl::StrAppend(&line, is_long ? " -l " : " -s ", absl::StripPrefix(bare, "-"));
  }
  if (!option.value.empty()) line += Offered(option);
  return absl::StrCat(line, " -d ", Quoted(option.description), "\n");
}

std::string VerbLines(const VerbOutline& verb) {
  std::string lines;
  for (const ArgumentOutline& option : verb.options) {
    if (option.names.back() == "--help") continue;  // Every verb's, and said of the program.
    const std::string condition = absl::StrCat(" -n ", Quoted(At(verb.path)));
    lines += OptionLine(option, verb.path.empty() ? "" : condition);
  }
  for (size_t place = 0; place < verb.positionals.size(); ++place) {
    if (verb.positionals[place].offer() == Offer::kNothing) continue;
    absl::StrAppend(&lines, "complete -c twinq -n ",
                    Quoted(absl::StrCat(At(verb.path), " ", place)),
                    Offered(verb.positionals[place]), "\n");
  }
  for (const VerbOutline& below : verb.verbs) {
    absl::StrAppend(&lines, "complete -c twinq -n ", Quoted(absl::StrCat(At(verb.path), " 0")),
                    " -a ", below.name(), " -d ", Quoted(below.description), "\n");
  }
  return lines;
}

}  // namespace

std::string FishCompletion(const VerbOutline& program) {
  std::string paths;
  for (const VerbOutline* verb : AllVerbs(program)) {
    absl::StrAppend(&paths, paths.empty() ? "" : " ", Quoted(verb->path));
  }
  std::string script = absl::StrReplaceAll(
      kHead, {{"@WITH_VALUE@", absl::StrJoin(OptionsWithValue(program), " ")}, {"@PATHS@", paths}});
  for (const ArgumentOutline& option : program.options) {
    if (option.names.back() == "--help") script += OptionLine(option, "");
  }
  script += VerbLines(program);
  for (const VerbOutline* verb : AllVerbs(program)) script += VerbLines(*verb);
  return script;
}

}  // namespace twinq::cli
