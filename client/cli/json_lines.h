#ifndef TWINQ_CLIENT_CLI_JSON_LINES_H_
#define TWINQ_CLIENT_CLI_JSON_LINES_H_

#include <cstdio>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "client/lib/admin_client.h"
#include "client/lib/messages.h"

namespace twinq::cli {

// What --output=json prints: one object a line, with the member names of SQS where it has one.

void PrintJson(std::FILE* out, const boost::json::value& value);

// The value of an attribute of type Binary is in base64.
boost::json::object JsonOf(const client::ReceivedMessage& message);
boost::json::object JsonOf(const client::SentMessage& message);
boost::json::object JsonOf(const client::QueueStats& stats);
boost::json::object JsonOf(const client::ServerInfo& info);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_JSON_LINES_H_
