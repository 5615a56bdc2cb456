#ifndef TWINQ_TESTS_CRASH_OPTIONS_H_
#define TWINQ_TESTS_CRASH_OPTIONS_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"

namespace twinq::crash {

// What is killed besides the server.
enum class Victims : uint8_t {
  kServer,            // Nothing: raw calls find out what it does.
  kServerAndClients,  // Processes of client::Consumer, which are judged with it.
};

// What a run of crash rounds is asked for.
struct Options {
  Victims victims = Victims::kServer;
  uint64_t seed = 0;  // Of all random draws. The moments of threads and kills are not repeatable.
  int rounds = 20;
  // A round lasts at least this long, and until this many operations were acknowledged. Not with
  // clients as victims, whose rounds are short.
  absl::Duration round_min = absl::Seconds(2);
  int64_t operations_min = 5'000;
  // Passed on to the server. With so little slack it cleans its journal nearly all the time.
  std::string durability = "sync";
  int journal_slack_kib = 128;
  std::string server_program;  // Path of twinqd.
  std::string keep_dir;        // Where everything is written and kept; empty: nowhere.
};

// The program is to end now, with this exit code and text.
struct ExitNow {
  int code = 0;
  std::string output;
  std::string errors;
};

// `fresh_seed` is taken if the arguments give none.
std::variant<Options, ExitNow> ParseOptions(const std::vector<std::string>& arguments,
                                            uint64_t fresh_seed);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_OPTIONS_H_
