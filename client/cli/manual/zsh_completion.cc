#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "client/cli/manual/completion_scripts.h"

namespace twinq::cli {
namespace {

constexpr char kHead[] = R"zsh(#compdef twinq
# Completion of twinq for zsh, made by `twinq completion zsh`.
compdef _twinq twinq

_twinq_queues() {
  local -a match mbegin mend server queues
  [[ $BUFFER =~ '--server[= ]+([^ ]+)' ]] && server=(--server $match[1])
  queues=(${(f)"$(timeout 1 twinq $server queue list "$PREFIX" --output raw 2>/dev/null)"})
  compadd -a queues
}
)zsh";

// When the shell has loaded this file as the function, it is to complete at once.
constexpr char kTail[] = R"zsh(
if [[ $funcstack[1] == _twinq ]]; then
  _twinq "$@"
fi
)zsh";

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", R"('\'')"}}), "'");
}

// In the brackets of a specification.
std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"[", "\\["}, {"]", "\\]"}, {":", "\\:"}});
}

std::string FunctionName(const std::string& path) {
  return path.empty() ? "_twinq" : "_twinq_" + absl::StrReplaceAll(path, {{" ", "_"}});
}

std::string Action(const ArgumentOutline& argument) {
  switch (argument.offer()) {
    case Offer::kChoices:
      return absl::StrCat("(", absl::StrJoin(argument.choices, " "), ")");
    case Offer::kQueues:
      return "_twinq_queues";
    case Offer::kFiles:
      return "_files";
    case Offer::kNothing:
      break;
  }
  return " ";
}

void AppendOption(const ArgumentOutline& option, std::string& text) {
  const std::string label =
      option.choices.empty() ? option.value : absl::StrJoin(option.choices, "|");
  for (const std::string& name : option.names) {
    const std::string value =
        option.value.empty() ? "" : absl::StrCat(":", Escaped(label), ":", Action(option));
    const std::string joint = option.value.empty() ? "" : "=";
    absl::StrAppend(
        &text, " \\\n    ",
        Quoted(absl::StrCat(name, joint, "[", Escaped(option.description), "]", value)));
  }
}

// The arguments of _arguments for all options that may stand behind the verb.
std::string Options(const VerbOutline& verb, const VerbOutline& program) {
  std::string text;
  for (const ArgumentOutline& option : verb.options) AppendOption(option, text);
  if (&verb == &program) return text;
  for (const ArgumentOutline& option : program.options) {
    if (option.names.back() != "--help") AppendOption(option, text);
  }
  return text;
}

std::string LeafFunction(const VerbOutline& verb, const VerbOutline& program) {
  std::string text =
      absl::StrCat("\n", FunctionName(verb.path), "() {\n  _arguments", Options(verb, program));
  for (size_t place = 0; place < verb.positionals.size(); ++place) {
    const ArgumentOutline& argument = verb.positionals[place];
    const std::string where = argument.repeats ? "*" : absl::StrCat(place + 1);
    const std::string colons = argument.is_required || argument.repeats ? ":" : "::";
    absl::StrAppend(
        &text, " \\\n    ",
        Quoted(absl::StrCat(where, colons, argument.names.front(), ":", Action(argument))));
  }
  return text + "\n}\n";
}

std::string GroupFunction(const VerbOutline& verb, const VerbOutline& program) {
  std::string text = absl::StrCat("\n", FunctionName(verb.path), "() {\n",
                                  "  local curcontext=$curcontext state state_descr line\n",
                                  "  typeset -A opt_args\n  local -a verbs=(");
  for (const VerbOutline& below : verb.verbs) {
    absl::StrAppend(&text, "\n    ",
                    Quoted(absl::StrCat(below.name(), ":", Escaped(below.description))));
  }
  absl::StrAppend(&text, ")\n  _arguments -C", Options(verb, program),
                  " \\\n    '1: :->verb' '*:: :->rest'\n  case $state in\n",
                  "    verb) _describe verb verbs ;;\n    rest)\n      case $words[1] in\n");
  for (const VerbOutline& below : verb.verbs) {
    absl::StrAppend(&text, "        ", below.name(), ") ", FunctionName(below.path), " ;;\n");
  }
  return text + "      esac\n      ;;\n  esac\n}\n";
}

std::string Function(const VerbOutline& verb, const VerbOutline& program) {
  return verb.verbs.empty() ? LeafFunction(verb, program) : GroupFunction(verb, program);
}

}  // namespace

std::string ZshCompletion(const VerbOutline& program) {
  std::string script = kHead;
  script += Function(program, program);
  for (const VerbOutline* verb : AllVerbs(program)) script += Function(*verb, program);
  return script + kTail;
}

}  // namespace twinq::cli
