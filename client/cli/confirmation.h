#ifndef TWINQ_CLIENT_CLI_CONFIRMATION_H_
#define TWINQ_CLIENT_CLI_CONFIRMATION_H_

#include <string>

#include "client/cli/session.h"

namespace twinq::cli {

// Whether to go on with what cannot be undone: asks if a person is there to answer. Anything but
// "y" or "yes" is no.
bool Confirm(const Session& session, const std::string& question);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_CONFIRMATION_H_
