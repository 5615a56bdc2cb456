#ifndef TWINQ_CLIENT_CLI_SESSION_H_
#define TWINQ_CLIENT_CLI_SESSION_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "client/lib/admin_client.h"
#include "client/lib/queue_client.h"

namespace twinq::cli {

// How answers are printed.
enum class OutputFormat : uint8_t {
  kTable,  // For people.
  kJson,   // One object a line, with SQS's member names.
  kRaw,    // One value a line: bodies, names, ids.
};

// What a verb works with.
struct Session {
  const std::shared_ptr<grpc::ChannelInterface>& channel;
  client::QueueClient& queues;
  client::AdminClient& admin;
  OutputFormat format;
  std::FILE* in;
  std::FILE* out;
  std::FILE* error;
  bool asks = false;            // A person is there to answer.
  bool has_color = false;       // `out` shows colours.
  bool shows_progress = false;  // `error` is a terminal.

  // The text as a heading, if there is colour.
  std::string Heading(const std::string& text) const {
    return has_color ? "\033[1m" + text + "\033[0m" : text;
  }
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_SESSION_H_
