#include "client/load/engine/producer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

#include "client/lib/channel.h"
#include "client/load/engine/message_draws.h"
#include "client/load/engine/message_ids.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

using client::OutgoingMessage;
using client::QueueKind;
using history::CallTimes;
using history::SentMessage;

std::string GroupName(int group) { return absl::StrCat("group-", group); }

}  // namespace

Producer::Producer(SharedChapter& chapter, Progress& progress, uint32_t number)
    : chapter_(chapter),
      progress_(progress),
      number_(number),
      client_(client::Connect(chapter.target.server)),
      recorder_(number) {}

void Producer::Run() {
  while (!chapter_.stop.is_given()) {
    const std::vector<Draft> drafts = NextDrafts();
    if (drafts.empty()) return;
    if (const absl::Status sent = Send(drafts); !sent.ok()) return chapter_.Fail(sent);
  }
}

std::vector<Producer::Draft> Producer::NextDrafts() {
  const Workload& workload = chapter_.workload;
  std::vector<Draft> drafts =
      workload.rate_per_s.has_value() ? NextOfSchedule(*workload.rate_per_s) : NextWithRoom();
  for (Draft& draft : drafts) {
    SeededRandom draws = DrawsOf(workload.seed, draft.tag.name.number, Occasion::kSend);
    draft.group = chapter_.groups.Draw(draws);
    if (draws.Chance(workload.retry_send)) draft.repeat = Draft::Repeat::kYes;
  }
  return drafts;
}

std::vector<Producer::Draft> Producer::NextWithRoom() {
  if (chapter_.window.Enter(chapter_.workload.batch) == SendWindow::Entry::kClosed) return {};
  const absl::Time now = chapter_.clock.Now();
  if (now >= chapter_.plan.ends_at) return {};
  std::vector<Draft> drafts = TakeNumbers();
  for (Draft& draft : drafts) draft.tag.due_at = now;
  return drafts;
}

std::vector<Producer::Draft> Producer::NextOfSchedule(double rate_per_s) {
  std::vector<Draft> drafts = TakeNumbers();
  for (Draft& draft : drafts) {
    const auto place = static_cast<double>(draft.tag.name.number - chapter_.plan.first_number);
    draft.tag.due_at = chapter_.plan.began_at + absl::Seconds(place / rate_per_s);
  }
  std::erase_if(drafts,
                [&](const Draft& draft) { return draft.tag.due_at >= chapter_.plan.ends_at; });
  if (drafts.empty()) return {};
  const absl::Time due_at = drafts.back().tag.due_at;
  for (absl::Time now = chapter_.clock.Now(); now < due_at; now = chapter_.clock.Now()) {
    if (chapter_.stop.is_given()) return {};
    chapter_.stop.WaitFor(due_at - now);
  }
  return drafts;
}

std::vector<Producer::Draft> Producer::TakeNumbers() {
  const uint32_t end = chapter_.plan.first_number + chapter_.plan.numbers;
  const auto wanted = static_cast<uint32_t>(chapter_.workload.batch);
  const uint32_t first = chapter_.next_number.fetch_add(wanted);
  std::vector<Draft> drafts;
  for (uint32_t number = first; number < std::min(first + wanted, end); ++number) {
    drafts.emplace_back().tag.name = {.producer = number_, .number = number};
  }
  return drafts;
}

absl::Status Producer::Send(const std::vector<Draft>& drafts) {
  TWINQ_ASSIGN_OR_RETURN(const CallTimes times, SendOnce(drafts));
  Measure(drafts, times);
  std::vector<Draft> repeats;
  for (const Draft& draft : drafts) {
    if (draft.repeat == Draft::Repeat::kYes) repeats.push_back(draft);
  }
  if (repeats.empty()) return absl::OkStatus();
  // As a producer does that never got the answer.
  return SendOnce(repeats).status();
}

absl::StatusOr<CallTimes> Producer::SendOnce(const std::vector<Draft>& drafts) {
  const bool is_fifo = chapter_.target.kind == QueueKind::kFifo;
  std::vector<OutgoingMessage> messages;
  std::vector<SentMessage> entries;
  for (const Draft& draft : drafts) {
    const history::MessageName& name = draft.tag.name;
    OutgoingMessage& message = messages.emplace_back();
    message.body = EncodeBody(draft.tag, chapter_.workload.body_bytes);
    message.options.group_id = GroupName(draft.group);
    if (is_fifo) message.options.dedup_id = absl::StrCat(name.producer, "-", name.number);
    entries.push_back({.message = name,
                       .group = recorder_.Name(*message.options.group_id),
                       .dedup = is_fifo ? history::NameId::kOwn : history::NameId::kNone,
                       .outcome = history::Outcome::kDone});
  }
  CallTimes times = {.asked_at = chapter_.Now()};
  std::vector<absl::StatusOr<client::SentMessage>> answers;
  if (messages.size() == 1) {
    answers.push_back(client_.SendMessage(chapter_.target.queue_name, messages.front().body,
                                          messages.front().options));
  } else {
    TWINQ_ASSIGN_OR_RETURN(answers, client_.SendMessageBatch(chapter_.target.queue_name, messages));
  }
  times.answered_at = chapter_.Now();
  for (size_t i = 0; i < entries.size(); ++i) {
    TWINQ_RETURN_IF_ERROR(answers[i].status());
    TWINQ_ASSIGN_OR_RETURN(entries[i].id, ParseMessageId(answers[i]->message_id));
    entries[i].sequence = ParseSequenceNumber(answers[i]->sequence_number);
  }
  recorder_.Sent(number_, times, entries);
  return times;
}

void Producer::Measure(const std::vector<Draft>& drafts, const CallTimes& times) {
  const auto count = static_cast<int64_t>(drafts.size());
  progress_.sent += count;
  measurements_.sent.Add(chapter_.SendingTime(times.answered_at), count);
  for (const Draft& draft : drafts) {
    if (!chapter_.IsMeasured(draft.tag.due_at)) continue;
    measurements_.send.Record(times.answered_at.ToTime() - draft.tag.due_at);
  }
}

}  // namespace twinq::load
