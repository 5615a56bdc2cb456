#include "tests/server/api/refusals.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "server/api/error_table.h"

namespace twinq::api {

std::string CaseName(const ::testing::TestParamInfo<RefusalCase>& test) { return test.param.name; }

std::string Missing(const std::string& parameter) {
  return absl::StrCat("The request must contain the parameter ", parameter, ".");
}

std::string Unsupported(const std::string& parameter) {
  return absl::StrCat("This server does not support the parameter ", parameter, " yet.");
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

std::string Queue(const std::string& name) { return absl::StrCat("queue_name: \"", name, "\" "); }

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

RefusingServer::RefusingServer() {
  server_.CreateQueue("jobs");
  server_.CreateQueue("small", {{"MaximumMessageSize", "1024"}});
  server_.CreateQueue("orders.fifo");
  server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});
  server_.Send("jobs", "a");
  server_.SendToGroup("orders.fifo", "g", "a");
  jobs_handle_ = server_.Receive("jobs")[0].receipt_handle();
  orders_handle_ = server_.Receive("orders.fifo")[0].receipt_handle();
}

ApiError RefusingServer::RefusalOf(const char* action, const std::string& request) {
  return server_.CallWithText(action, FillIn(request)).value_or(kNotRefused);
}

std::string RefusingServer::FillIn(const std::string& text) const {
  return absl::StrReplaceAll(text,
                             {{"JOBS_HANDLE", jobs_handle_}, {"ORDERS_HANDLE", orders_handle_}});
}

void RefusalTest::ExpectRefusal(const char* action) {
  const ApiError error = server_.RefusalOf(action, GetParam().request);

  EXPECT_EQ(FormOf(error.code).name.json, GetParam().error);
  EXPECT_EQ(ErrorText(error, kEchoedBytesMax), server_.FillIn(GetParam().text));
}

std::string OrderCaseName(const ::testing::TestParamInfo<OrderCase>& test) {
  return test.param.name;
}

void OrderTest::ExpectFirst() {
  const ApiError error = server_.RefusalOf(GetParam().action, GetParam().request);

  EXPECT_EQ(ApiErrorCodeName(error.code), ApiErrorCodeName(GetParam().first));
}

}  // namespace twinq::api
