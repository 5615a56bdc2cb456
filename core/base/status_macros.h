#ifndef TWINQ_CORE_BASE_STATUS_MACROS_H_
#define TWINQ_CORE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Leaves the function with the status of `expression` unless it is OK.
#define TWINQ_RETURN_IF_ERROR(expression)                               \
  do {                                                                  \
    if (absl::Status twinq_status = (expression); !twinq_status.ok()) { \
      return twinq_status;                                              \
    }                                                                   \
  } while (false)

// Leaves the function with the status of the StatusOr `expression` unless it is OK, else moves its
// value into `target`, which may be a declaration: TWINQ_ASSIGN_OR_RETURN(auto name, Parse(text)).
#define TWINQ_ASSIGN_OR_RETURN(target, expression) \
  TWINQ_INTERNAL_ASSIGN_OR_RETURN(TWINQ_INTERNAL_CONCAT(twinq_or_, __LINE__), target, expression)

#define TWINQ_INTERNAL_CONCAT_(a, b) a##b
#define TWINQ_INTERNAL_CONCAT(a, b) TWINQ_INTERNAL_CONCAT_(a, b)
// `target` may be a declaration, so it cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define TWINQ_INTERNAL_ASSIGN_OR_RETURN(holder, target, expression) \
  auto holder = (expression);                                       \
  if (!holder.ok()) return std::move(holder).status();              \
  target = *std::move(holder)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // TWINQ_CORE_BASE_STATUS_MACROS_H_
