#ifndef TWINQ_CLIENT_CLI_MANUAL_MAN_PAGE_H_
#define TWINQ_CLIENT_CLI_MANUAL_MAN_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"

#include "client/cli/manual/outline.h"

namespace twinq::cli {

// The manual page twinq(1) of a version of the program, for man and groff: the texts of the help,
// every verb with its arguments and examples.
std::string ManPage(const VerbOutline& program, absl::string_view version);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_MANUAL_MAN_PAGE_H_
