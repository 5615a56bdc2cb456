#ifndef TWINQ_TESTS_CRASH_CLIENTS_HANDLING_RECORD_H_
#define TWINQ_TESTS_CRASH_CLIENTS_HANDLING_RECORD_H_

#include <vector>

#include "client/lib/queue_client.h"
#include "core/base/timestamp.h"
#include "sim/history/event.h"
#include "tests/crash/clients/client_log.h"
#include "tests/crash/clients/message_source.h"

namespace twinq::crash {

// A process with a Consumer.
struct ConsumerLife {
  history::ClientNumber client = 0;
  // Dated not later than the kill. Infinite: it was stopped, or lives.
  Timestamp killed_at = Timestamp::Infinite();
  ClientLog log = {};
};

// What producer and consumers of one queue wrote down, from a time when it was empty to another.
struct HandlingRecord {
  client::QueueKind kind = client::QueueKind::kStandard;
  std::vector<SourcedMessage> messages;  // In the order of sending.
  std::vector<ConsumerLife> consumers;
  std::vector<history::Incident> incidents;  // The server's, in their order.
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_HANDLING_RECORD_H_
