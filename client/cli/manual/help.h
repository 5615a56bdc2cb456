#ifndef TWINQ_CLIENT_CLI_MANUAL_HELP_H_
#define TWINQ_CLIENT_CLI_MANUAL_HELP_H_

#include <string>

#include "CLI/App.hpp"

#include "client/cli/manual/outline.h"

namespace twinq::cli {

// What `--help` prints of a verb of the program, or of the program itself: lines of at most 80
// characters, but for words and examples that are longer.
std::string HelpText(const VerbOutline& program, const VerbOutline& verb);

// Makes the parser print HelpText().
class HelpFormatter : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_MANUAL_HELP_H_
