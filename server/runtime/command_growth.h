#ifndef TWINQ_SERVER_RUNTIME_COMMAND_GROWTH_H_
#define TWINQ_SERVER_RUNTIME_COMMAND_GROWTH_H_

#include <cstdint>
#include <optional>

#include "broker/command.h"

namespace twinq {

// How many bytes the journal, and memory, grow by the command, at most; nothing if it is one that
// always passes when either is full: all but sends and creations of queues.
std::optional<uint64_t> GrowthOf(const Command& command);

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_COMMAND_GROWTH_H_
