#ifndef TWINQ_TESTS_CRASH_CLIENTS_HANDLING_JUDGE_H_
#define TWINQ_TESTS_CRASH_CLIENTS_HANDLING_JUDGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

#include "sim/history/event.h"
#include "tests/crash/clients/handling_record.h"

namespace twinq::crash {

// What a Consumer, or the server below it, can have done wrong.
enum class Fault : uint8_t {
  kNeverHandled,       // Acknowledged, and no handler began.
  kNeverFinished,      // Acknowledged, gone from the queue, and no handler came to a good end.
  kAckedUnfinished,    // Asked to be deleted before a handler of that process was done with it.
  kAckHeldBack,        // Handled long before its process was killed, and no ack was tried.
  kAgainByOne,         // Begun by a process that had handled it, or still did.
  kAgainAcknowledged,  // Received after its ack was answered, and handled once more.
  kAgainInHand,        // Begun while another live process had it and no reason to lose it.
  kGroupTwiceInOne,    // FIFO: two of a group at the same time in one process.
  kGroupTwiceInHand,   // FIFO: the same in two, none of which had a reason to lose its message.
  kRefusedInHand,      // FIFO: an ack or extension was refused while the message was held.
  kOutOfOrder,         // FIFO: begun before every earlier message of its group was handled.
};
inline constexpr size_t kFaults = static_cast<size_t>(Fault::kOutOfOrder) + 1;
// In snake_case.
absl::string_view NameOf(Fault fault);

// Why a message was handled again, without anybody's fault.
enum class Reason : uint8_t {
  kFailed,          // Its handler said so.
  kKilledHandling,  // Its process was killed before the handler's end.
  kKilledUnacked,   // Its process was killed after that, and before the ack was answered.
  kRunOut,          // Its visibility ended, or was forgotten, while there was no server.
};
inline constexpr size_t kReasons = static_cast<size_t>(Reason::kRunOut) + 1;
absl::string_view NameOf(Reason reason);

struct Complaint {
  Fault fault = Fault::kNeverHandled;
  history::MessageName message = {};
  Timestamp at = {};
};

struct HandlingJudgement {
  std::vector<Complaint> complaints;  // In the order of messages.
  int64_t handlings = 0;              // Begun.
  std::array<int64_t, kReasons> again = {};
};

// Judges what a queue's consumers did with its messages, after it has run empty. It does not judge
// what the server answered: that is for sim/history.
//
// Promises held to, in a Consumer's words: a message is deleted only after its handler returned OK;
// one that was handled is not handled again by this consumer; messages of a group are handled one
// at a time and in their order; others may get a message only when its visibility could not be
// extended; a process that is killed leaves at most what it did, and acks that had no answer.
//
// Cost: O(n log n) in handlings and calls.
HandlingJudgement JudgeHandlings(const HandlingRecord& record);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_HANDLING_JUDGE_H_
