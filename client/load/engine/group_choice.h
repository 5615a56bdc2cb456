#ifndef TWINQ_CLIENT_LOAD_ENGINE_GROUP_CHOICE_H_
#define TWINQ_CLIENT_LOAD_ENGINE_GROUP_CHOICE_H_

#include <vector>

#include "core/base/random.h"

namespace twinq::load {

// Which of the groups, numbered from 0, a message is of.
//
// Guarantee: group n is drawn with a probability in proportion to 1/(n + 1)^skew (Zipf's law): with
// skew 0 all are alike, with 1 the first of a hundred groups gets a fifth of the messages.
// Thread-safety: Draw() may be called from any thread.
// Cost: a draw is O(log groups); the memory is 8 bytes a group, none with skew 0.
class GroupChoice {
 public:
  // REQUIRES: groups > 0 and skew >= 0.
  GroupChoice(int groups, double skew);

  int Draw(Random& random) const;

 private:
  int groups_;
  std::vector<double> weights_;  // Of a group and all before it. Empty: all are alike.
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_GROUP_CHOICE_H_
