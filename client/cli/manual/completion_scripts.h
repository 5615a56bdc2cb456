#ifndef TWINQ_CLIENT_CLI_MANUAL_COMPLETION_SCRIPTS_H_
#define TWINQ_CLIENT_CLI_MANUAL_COMPLETION_SCRIPTS_H_

#include <string>

#include "client/cli/manual/outline.h"

namespace twinq::cli {

// Scripts that complete the command line of `twinq` in a shell: verbs, options, the choices of a
// value, files, and the names of queues. For these the script asks the server, the one of --server
// if that stands on the line; it gives up after a second and says nothing when there is none.
//
// Each may be sourced, or lie where the shell looks for completions, under the shell's own name for
// it: twinq (bash), _twinq (zsh), twinq.fish.

std::string BashCompletion(const VerbOutline& program);
std::string ZshCompletion(const VerbOutline& program);
std::string FishCompletion(const VerbOutline& program);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_MANUAL_COMPLETION_SCRIPTS_H_
