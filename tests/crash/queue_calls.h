#ifndef TWINQ_TESTS_CRASH_QUEUE_CALLS_H_
#define TWINQ_TESTS_CRASH_QUEUE_CALLS_H_

#include <optional>
#include <string>
#include <vector>

#include "proto/twinq/v1/queue.pb.h"

#include "tests/crash/call.h"
#include "tests/crash/queue_plan.h"
#include "tests/crash/service_client.h"

namespace twinq::crash {

// The calls that are about queues, not messages.

Answer<v1::CreateQueueResponse> CreateQueue(ServiceClient& service, const QueuePlan& plan);
Answer<v1::DeleteQueueResponse> DeleteQueue(ServiceClient& service, const std::string& name);
Answer<v1::PurgeQueueResponse> PurgeQueue(ServiceClient& service, const std::string& name);
// The names of all queues; none if there was no answer.
std::optional<std::vector<std::string>> ListQueues(ServiceClient& service);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_QUEUE_CALLS_H_
