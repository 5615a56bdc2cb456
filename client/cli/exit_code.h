#ifndef TWINQ_CLIENT_CLI_EXIT_CODE_H_
#define TWINQ_CLIENT_CLI_EXIT_CODE_H_

namespace twinq::cli {

// What a script learns from the program; `twinq --help` says the same in words.
enum class ExitCode : int {
  kOk = 0,
  kRefused = 1,   // The server answered with an error.
  kUsage = 2,     // The command line is wrong; nothing was asked of a server.
  kNoServer = 3,  // No server there, or no answer in time.
  kNothing = 4,   // `receive` found no message.
  kNotDone = 5,   // A person was asked, and did not say yes.
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_EXIT_CODE_H_
