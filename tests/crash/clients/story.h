#ifndef TWINQ_TESTS_CRASH_CLIENTS_STORY_H_
#define TWINQ_TESTS_CRASH_CLIENTS_STORY_H_

#include <string>

#include "sim/history/event.h"
#include "tests/crash/clients/handling_record.h"

namespace twinq::crash {

// All that is known of a message, for a person: a line for each event, in the order of time, with
// the kills of the server and of those that had the message.
std::string StoryOf(const HandlingRecord& record, const history::MessageName& message);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_STORY_H_
