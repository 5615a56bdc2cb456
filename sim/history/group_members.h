#ifndef TWINQ_SIM_HISTORY_GROUP_MEMBERS_H_
#define TWINQ_SIM_HISTORY_GROUP_MEMBERS_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"

#include "sim/history/evidence.h"
#include "sim/history/grouping.h"
#include "sim/history/violations.h"

namespace twinq::history {

// The stored messages whose message group is certain, by group.
class GroupMembers {
 public:
  explicit GroupMembers(const Evidence& evidence);

  size_t size() const { return size_; }
  absl::Span<const StoredNumber> of(uint32_t group) const { return members_.of(group); }

 private:
  size_t size_;
  Grouping members_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_GROUP_MEMBERS_H_
