#ifndef TWINQ_TESTS_SUPPORT_DESCRIBE_H_
#define TWINQ_TESTS_SUPPORT_DESCRIBE_H_

#include <optional>
#include <string>

#include "broker/broker.h"
#include "broker/command.h"

namespace twinq {

// Everything that a reply and an outcome say, as text: equal ones give equal text, and a difference
// can be read. Payloads are named by their bytes.
std::string Describe(const Reply& reply);
std::string Describe(const std::optional<Reply>& reply);  // "waits" if there is none.
std::string Describe(const Outcome& outcome);

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_DESCRIBE_H_
