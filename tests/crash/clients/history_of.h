#ifndef TWINQ_TESTS_CRASH_CLIENTS_HISTORY_OF_H_
#define TWINQ_TESTS_CRASH_CLIENTS_HISTORY_OF_H_

#include "sim/history/history.h"
#include "sim/history/recorder.h"
#include "tests/crash/clients/handling_record.h"

namespace twinq::crash {

// The history of a queue that ran empty: what `source` recorded of the sends, and the calls of all
// consumers, with their kills and the server's incidents.
history::History HistoryOf(const HandlingRecord& record, history::Recorder source, Timestamp end);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_HISTORY_OF_H_
