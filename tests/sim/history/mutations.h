#ifndef TWINQ_TESTS_SIM_HISTORY_MUTATIONS_H_
#define TWINQ_TESTS_SIM_HISTORY_MUTATIONS_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/model/queue_kind.h"
#include "sim/history/rule.h"
#include "tests/sim/history/edits.h"
#include "tests/sim/history/toy_run.h"

namespace twinq::history {

// One way of damaging a good history.
struct Mutation {
  // Which histories it takes.
  enum class Base {
    kCalm,  // Nothing ever goes wrong.
    kBusy,  // Answers are lost, consumers crash, release, extend, leave and are slow.
    kRedeliveries,
    kServerCrash,
    kUndrained
  };

  std::string name;
  std::set<QueueKind> kinds;
  Verdict verdict = Verdict::kLost;
  // False, and nothing changed, if the history has no place for it.
  std::function<bool(Editor&)> apply;
  std::set<Verdict> consequences = {};  // Other verdicts that the damage may also have.
  std::vector<Base> bases = {Base::kCalm, Base::kBusy};
};

std::vector<Mutation> LossMutations();
std::vector<Mutation> ReturnMutations();
std::vector<Mutation> StorageMutations();
std::vector<Mutation> OrderMutations();
std::vector<Mutation> ReceiveMutations();

// All of them.
std::vector<Mutation> AllMutations();

// A good history of that sort.
History BaseHistory(Mutation::Base base, QueueKind kind, uint64_t seed);

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_MUTATIONS_H_
