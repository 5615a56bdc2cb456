#ifndef TWINQ_CLIENT_LOAD_ARGUMENTS_H_
#define TWINQ_CLIENT_LOAD_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "CLI/App.hpp"
#include "absl/time/time.h"

#include "client/lib/queue_client.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// What a command line asks for.
struct Arguments {
  std::string server = "127.0.0.1:9323";
  client::QueueKind kind = client::QueueKind::kStandard;
  // Nothing: 10 s, or without end if a number of messages is given.
  std::optional<absl::Duration> duration = std::nullopt;
  std::optional<uint64_t> seed = std::nullopt;
  std::string history_path;
  std::string json_path;
  std::string html_path;
  Workload workload = {};  // But for duration and seed.
};

// Options, each with its checks. They write into `arguments`, which must outlive the parsing.
void AddServerOption(CLI::App& verb, Arguments& arguments);
void AddKindOption(CLI::App& verb, Arguments& arguments);
void AddWorkloadOptions(CLI::App& verb, Arguments& arguments);
// Only the times, the number and the size of messages.
void AddSingleMessageOptions(CLI::App& verb, Arguments& arguments);
void AddJsonOption(CLI::App& verb, Arguments& arguments);
void AddOutputOptions(CLI::App& verb, Arguments& arguments);

// What is asked for in full; a seed that was not given is `new_seed`.
Workload WorkloadOf(const Arguments& arguments, uint64_t new_seed);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ARGUMENTS_H_
