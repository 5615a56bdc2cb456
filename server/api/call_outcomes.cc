#include "server/api/call_outcomes.h"

#include "absl/strings/string_view.h"

#include "server/api/action.h"
#include "server/api/error_table.h"

namespace twinq::api {

metrics::CallMetrics::Names CountedNames() {
  metrics::CallMetrics::Names names{.actions = {}, .outcomes = {""}};
  for (const Action& action : Actions()) names.actions.emplace_back(action.name);
  for (const Action& action : AdminActions()) names.actions.emplace_back(action.name);
  for (const absl::string_view error : ErrorNamesByCode()) names.outcomes.emplace_back(error);
  return names;
}

}  // namespace twinq::api
