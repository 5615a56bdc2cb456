#include "tests/server/api/request_fields.h"

#include "absl/strings/str_cat.h"

namespace twinq::api {

std::string Missing(const std::string& parameter) {
  return absl::StrCat("The request must contain the parameter ", parameter, ".");
}

std::string InvalidValue(const std::string& value, const std::string& parameter,
                         const std::string& reason) {
  return absl::StrCat("Value ", value, " for parameter ", parameter,
                      " is invalid. Reason: ", reason);
}

std::string BadId(const std::string& value, const std::string& parameter) {
  return InvalidValue(value, parameter,
                      absl::StrCat(parameter,
                                   " can only include alphanumeric and punctuation characters. 1 "
                                   "to 128 in length."));
}

std::string NoHandle(const std::string& handle) {
  return absl::StrCat("The input receipt handle \"", handle, "\" is not a valid receipt handle.");
}

std::string HandleOfOther(const std::string& handle) {
  return absl::StrCat("The receipt handle \"", handle, "\" is not valid for this queue.");
}

std::string Url(const std::string& url) { return absl::StrCat("queue_url: \"", url, "\" "); }

std::string Attribute(const std::string& name, const std::string& value) {
  return absl::StrCat("attributes { key: \"", name, "\" value: \"", value, "\" } ");
}

std::string Body(const std::string& body) { return absl::StrCat("message_body: \"", body, "\" "); }

std::string Group(const std::string& id) { return absl::StrCat("message_group_id: \"", id, "\" "); }

std::string Dedup(const std::string& id) {
  return absl::StrCat("message_deduplication_id: \"", id, "\" ");
}

std::string Delay(int seconds) { return absl::StrCat("delay_seconds: ", seconds, " "); }

std::string Handle(const std::string& handle) {
  return absl::StrCat("receipt_handle: \"", handle, "\" ");
}

std::string Timeout(int seconds) { return absl::StrCat("visibility_timeout: ", seconds, " "); }

std::string Entry(const std::string& fields) { return absl::StrCat("entries { ", fields, "} "); }

std::string Entries(int count, const std::string& fields) {
  std::string entries;
  for (int i = 1; i <= count; ++i) entries += Entry(Id(absl::StrCat(i)) + fields);
  return entries;
}

std::string Id(const std::string& id) { return absl::StrCat("id: \"", id, "\" "); }

}  // namespace twinq::api
