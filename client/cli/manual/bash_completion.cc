#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "client/cli/manual/completion_scripts.h"

namespace twinq::cli {
namespace {

// The line is split at blanks, not by the shell's COMP_WORDBREAKS, which would break --server=a:1
// into four words. What is offered has none of those characters in it.
constexpr char kScript[] = R"bash(# Completion of twinq for bash, made by `twinq completion bash`.

_twinq_verbs() {
  case $1 in
@VERBS@  esac
}

_twinq_options() {
  case $1 in
@OPTIONS@  esac
}

# What may stand at a place of a verb: behind an option, or as the argument with a number.
_twinq_values() {
  case "$1 $2" in
@VALUES@  esac
}

_twinq_queues() {
  local server=()
  [[ $COMP_LINE =~ --server[=\ ]+([^\ ]+) ]] && server=(--server "${BASH_REMATCH[1]}")
  timeout 1 twinq "${server[@]}" queue list "$1" --output raw 2>/dev/null
}

_twinq() {
  local line=${COMP_LINE:0:COMP_POINT} words word current verb= option= place=0 found
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=${words[-1]}
  for word in "${words[@]:1:${#words[@]}-2}"; do
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -* ]]; then
      [[ ' @WITH_VALUE@ ' == *" $word "* ]] && option=$word
    elif [[ " $(_twinq_verbs "$verb") " == *" $word "* ]]; then
      verb=${verb:+$verb }$word
    else
      place=$((place + 1))
    fi
  done
  if [[ -z $option && $current == --*=* ]]; then
    option=${current%%=*}
    current=${current#*=}
  fi
  if [[ -n $option ]]; then
    found=$(_twinq_values "$verb" "$option")
  elif [[ $current == -* ]]; then
    found=$(_twinq_options "$verb")
  else
    found=$(_twinq_verbs "$verb")
    [[ -n $found ]] || found=$(_twinq_values "$verb" "$place")
  fi
  case $found in
    @files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    @queues) mapfile -t COMPREPLY < <(compgen -W "$(_twinq_queues "$current")" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$found" -- "$current") ;;
  esac
}

complete -F _twinq twinq
)bash";

std::string Arm(const std::string& pattern, const std::string& words) {
  return absl::StrCat("    ", pattern, ") echo '", words, "' ;;\n");
}

std::string Words(const ArgumentOutline& argument) {
  switch (argument.offer()) {
    case Offer::kChoices:
      return absl::StrJoin(argument.choices, " ");
    case Offer::kQueues:
      return "@queues";
    case Offer::kFiles:
      return "@files";
    case Offer::kNothing:
      break;
  }
  return "";
}

std::string OptionNames(const std::vector<ArgumentOutline>& options) {
  return absl::StrJoin(options, " ", [](std::string* text, const ArgumentOutline& option) {
    absl::StrAppend(text, option.names.back());
  });
}

void AppendValueArms(const VerbOutline& verb, std::string& arms) {
  // The program's own options stand behind every verb too.
  const std::string owner = verb.path.empty() ? "*" : absl::StrCat("'", verb.path, "'");
  for (const ArgumentOutline& option : verb.options) {
    const std::string words = Words(option);
    if (words.empty()) continue;
    arms += Arm(absl::StrCat(owner, "' ", option.names.back(), "'"), words);
  }
  for (size_t place = 0; place < verb.positionals.size(); ++place) {
    const std::string words = Words(verb.positionals[place]);
    if (!words.empty()) arms += Arm(absl::StrCat("'", verb.path, " ", place, "'"), words);
  }
}

std::string VerbNames(const VerbOutline& verb) {
  return absl::StrJoin(verb.verbs, " ", [](std::string* text, const VerbOutline& below) {
    absl::StrAppend(text, below.name());
  });
}

}  // namespace

std::string BashCompletion(const VerbOutline& program) {
  std::string verbs = Arm("''", VerbNames(program));
  std::string options;
  std::string values;
  AppendValueArms(program, values);
  for (const VerbOutline* verb : AllVerbs(program)) {
    const std::string pattern = absl::StrCat("'", verb->path, "'");
    if (!verb->verbs.empty()) verbs += Arm(pattern, VerbNames(*verb));
    std::vector<ArgumentOutline> own = verb->options;
    for (const ArgumentOutline& option : program.options) {
      if (option.names.back() != "--help") own.push_back(option);
    }
    options += Arm(pattern, OptionNames(own));
    AppendValueArms(*verb, values);
  }
  options += Arm("''", OptionNames(program.options));
  return absl::StrReplaceAll(kScript,
                             {{"@VERBS@", verbs},
                              {"@OPTIONS@", options},
                              {"@VALUES@", values},
                              {"@WITH_VALUE@", absl::StrJoin(OptionsWithValue(program), " ")}});
}

}  // namespace twinq::cli
