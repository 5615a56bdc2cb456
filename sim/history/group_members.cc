#include "sim/history/group_members.h"

#include <vector>

namespace twinq::history {

GroupMembers::GroupMembers(const Evidence& evidence) : size_(evidence.history.names.size()) {
  std::vector<uint32_t> group_of_stored;
  group_of_stored.reserve(evidence.stored.size());
  for (const Stored& stored : evidence.stored) {
    const bool is_certain = stored.group != NameId::kNone;
    group_of_stored.push_back(is_certain ? static_cast<uint32_t>(stored.group) - 1
                                         : Grouping::kNoKey);
  }
  members_ = Grouping(group_of_stored, size_);
}

}  // namespace twinq::history
