#include "client/cli/json_lines.h"

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include <boost/json/serialize.hpp>

namespace twinq::cli {
namespace {

boost::json::object JsonOf(const client::MessageAttribute& attribute) {
  boost::json::object json{{"DataType", attribute.data_type}};
  if (absl::StartsWith(attribute.data_type, "Binary")) {
    json["BinaryValue"] = absl::Base64Escape(attribute.value);
  } else {
    json["StringValue"] = attribute.value;
  }
  return json;
}

}  // namespace

void PrintJson(std::FILE* out, const boost::json::value& value) {
  absl::FPrintF(out, "%s\n", boost::json::serialize(value));
}

boost::json::object JsonOf(const client::ReceivedMessage& message) {
  boost::json::object json{{"MessageId", message.message_id},
                           {"ReceiptHandle", message.receipt_handle},
                           {"Body", message.body}};
  if (!message.system_attributes.empty()) {
    boost::json::object attributes;
    for (const auto& [name, value] : message.system_attributes) attributes[name] = value;
    json["Attributes"] = std::move(attributes);
  }
  if (!message.attributes.empty()) {
    boost::json::object attributes;
    for (const auto& [name, value] : message.attributes) attributes[name] = JsonOf(value);
    json["MessageAttributes"] = std::move(attributes);
  }
  return json;
}

boost::json::object JsonOf(const client::SentMessage& message) {
  boost::json::object json{{"MessageId", message.message_id}};
  if (!message.sequence_number.empty()) json["SequenceNumber"] = message.sequence_number;
  return json;
}

boost::json::object JsonOf(const client::QueueStats& stats) {
  boost::json::object json{{"Visible", stats.visible},
                           {"InFlight", stats.in_flight},
                           {"Delayed", stats.delayed},
                           {"MessageGroups", stats.message_groups},
                           {"BlockedMessageGroups", stats.blocked_message_groups},
                           {"WaitingReceives", stats.waiting_receives}};
  if (stats.oldest_message_age.has_value()) {
    json["OldestMessageAgeMs"] = absl::ToInt64Milliseconds(*stats.oldest_message_age);
  }
  return json;
}

boost::json::object JsonOf(const client::ServerInfo& info) {
  boost::json::object json{{"Version", info.version},
                           {"Storage", info.storage},
                           {"StartedAt", absl::FormatTime(info.started_at, absl::UTCTimeZone())},
                           {"UptimeSeconds", absl::ToInt64Seconds(info.uptime)},
                           {"GrpcAddress", info.grpc_address},
                           {"ProcessId", info.process_id}};
  if (!info.durability.empty()) json["Durability"] = info.durability;
  if (!info.metrics_address.empty()) json["MetricsAddress"] = info.metrics_address;
  if (info.memory_bytes_max.has_value()) json["MemoryBytesMax"] = *info.memory_bytes_max;
  if (info.transit_bytes_max.has_value()) json["TransitBytesMax"] = *info.transit_bytes_max;
  return json;
}

}  // namespace twinq::cli
