#include "tests/support/describe.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

#include "broker/record_codec.h"
#include "core/model/api_error.h"

namespace twinq {
namespace {

struct Describer {
  std::string operator()(const Done&) const { return "done"; }
  std::string operator()(const ApiError& error) const {
    return absl::StrCat(ApiErrorCodeName(error.code), "(", error.parameter, ",", error.value, ")");
  }
  std::string operator()(const QueueCreated& created) const {
    return absl::StrCat("queue ", created.queue.value());
  }
  std::string operator()(const QueueDescription& description) const {
    return absl::StrCat("available ", description.counts.available, " in flight ",
                        description.counts.in_flight, " delayed ", description.counts.delayed);
  }
  std::string operator()(const QueueNames& names) const {
    return absl::StrCat("names ", absl::StrJoin(names.names, " "), names.more ? " …" : "");
  }
  std::string operator()(const MessagesSent& sent) const {
    std::string text = "sent";
    for (const auto& result : sent.results) {
      if (const auto* refused = std::get_if<ApiError>(&result)) {
        absl::StrAppend(&text, " ", (*this)(*refused));
        continue;
      }
      const auto& message = std::get<SentMessage>(result);
      absl::StrAppend(&text,
                      message.outcome == SentMessage::Outcome::kDuplicate ? " duplicate " : " ",
                      message.id.ToText(), "@", message.sequence.value());
    }
    return text;
  }
  std::string operator()(const MessagesReceived& received) const {
    std::string text = "received";
    for (const auto& [delivery, payload] : received.entries) {
      const Receipt& receipt = delivery.receipt;
      absl::StrAppend(&text, " [", delivery.id.ToText(), " queue ", receipt.queue.value(), " slot ",
                      receipt.slot, " sequence ", receipt.sequence.value());
      absl::StrAppend(&text, " delivery ", receipt.delivery, " at ", receipt.received_at.nanos(),
                      " group ", delivery.group.text(), " bytes ", delivery.body_bytes);
      absl::StrAppend(&text, " sent ", delivery.sent_at.nanos(), " first ",
                      delivery.first_received_ms, payload ? " " : "",
                      payload ? payload->body() : "", "]");
    }
    return text;
  }
  std::string operator()(const EntryResults& results) const {
    std::string text = "entries";
    for (const auto& result : results.results) {
      absl::StrAppend(&text, " ", result.has_value() ? ApiErrorCodeName(*result) : "ok");
    }
    return text;
  }
  std::string operator()(const QueueStatus& status) const {
    const QueueStats& stats = status.stats;
    return absl::StrCat(
        status.name, " available ", stats.counts.available, " in flight ", stats.counts.in_flight,
        " delayed ", stats.counts.delayed, " groups ", stats.groups, " blocked ",
        stats.blocked_groups, " dedup ", stats.dedup_entries, " waiting ", status.waiting_receives,
        " age ", absl::FormatDuration(status.oldest_message_age.value_or(-absl::Seconds(1))));
  }
  std::string operator()(const QueueStatuses& statuses) const {
    std::string text = "statuses";
    for (const QueueStatus& status : statuses.queues) {
      absl::StrAppend(&text, " [", (*this)(status), "]");
    }
    return absl::StrCat(text, statuses.more ? " …" : "");
  }
};

}  // namespace

std::string Describe(const Reply& reply) { return std::visit(Describer(), reply); }

std::string Describe(const std::optional<Reply>& reply) {
  return reply.has_value() ? Describe(*reply) : "waits";
}

std::string Describe(const Outcome& outcome) {
  std::string text = outcome.must_be_durable ? "must be durable\n" : "";
  for (const Record& record : outcome.records) {
    const auto* put = std::get_if<MessagePut>(&record);
    const std::string body(put == nullptr ? 0 : put->body_bytes, 'b');
    absl::StrAppend(&text, "record ", absl::BytesToHexString(EncodeRecord(record, body)), "\n");
  }
  for (const Outcome::Answer& answer : outcome.answers) {
    absl::StrAppend(&text, "answer ", static_cast<uint64_t>(answer.waiter), " ",
                    Describe(answer.reply), "\n");
  }
  for (const BodyRef body : outcome.freed) absl::StrAppend(&text, "freed ", body.value(), "\n");
  return text;
}

}  // namespace twinq
