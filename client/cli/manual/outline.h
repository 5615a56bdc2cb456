#ifndef TWINQ_CLIENT_CLI_MANUAL_OUTLINE_H_
#define TWINQ_CLIENT_CLI_MANUAL_OUTLINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "CLI/App.hpp"

namespace twinq::cli {

// What the program's command line consists of, read off its parser: help, man page and completions
// are made from it, so a verb that the parser knows is in all of them.

// What a shell can offer where a value stands.
enum class Offer : uint8_t {
  kNothing,
  kChoices,  // One of the argument's.
  kQueues,   // The names of the server's queues: the argument is called QUEUE.
  kFiles,    // The argument is called --file.
};

// An option, a flag or a positional argument.
struct ArgumentOutline {
  std::vector<std::string> names = {};    // {"-h", "--help"}; of a positional one: {"QUEUE"}.
  std::string value = {};                 // What an option takes: "DURATION". Empty: it is a flag.
  std::vector<std::string> choices = {};  // Empty: any value.
  std::string description = {};
  std::string default_value = {};
  std::string environment = {};            // The variable that stands in for it.
  std::vector<std::string> excludes = {};  // Names of others, which it cannot be given with.
  bool is_required = false;
  bool repeats = false;

  Offer offer() const;
  // As it stands on a command line: "--for DURATION", "[BODY]", "SETTING...".
  std::string Synopsis() const;
  // What there is to know beside the description, "default 127.0.0.1:9323"; may be empty.
  std::string Remark() const;
};

struct VerbOutline {
  std::string path = {};  // "queue create"; of the program itself, empty.
  std::string description = {};
  std::vector<ArgumentOutline> options = {};
  std::vector<ArgumentOutline> positionals = {};
  std::string footer = {};
  std::vector<VerbOutline> verbs = {};

  // The last word of the path.
  std::string name() const;
  // How it is called: "twinq queue create [OPTION]... NAME [SETTING]...".
  std::string Usage() const;
};

ArgumentOutline OutlineOf(const CLI::Option& option);
VerbOutline OutlineOf(const CLI::App& program);

// The verbs below the program, each before its own, in the order of the help.
std::vector<const VerbOutline*> AllVerbs(const VerbOutline& program);
// The names of all options that take a value. REQUIRES: no verb has a flag of such a name.
std::vector<std::string> OptionsWithValue(const VerbOutline& program);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_MANUAL_OUTLINE_H_
