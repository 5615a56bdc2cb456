#ifndef TWINQ_TESTS_CRASH_CLIENTS_LOGGED_CHANNEL_H_
#define TWINQ_TESTS_CRASH_CLIENTS_LOGGED_CHANNEL_H_

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "tests/crash/clients/event_file.h"

namespace grpc {
class ChannelInterface;
}

namespace twinq::crash {

// A channel as Connect() of client/lib makes it, which writes down the receives, deletes and
// changes of visibility that are made through it, in the text of a ClientLog: each before it is
// sent, and its answer before the client has it. Other calls are not noted.
//
// Lifetime: `file` and `clock` must outlive it and its calls.
std::shared_ptr<grpc::ChannelInterface> ConnectLogged(const std::string& address,
                                                      const EventFile& file, const Clock& clock);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_LOGGED_CHANNEL_H_
