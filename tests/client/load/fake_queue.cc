#include "tests/client/load/fake_queue.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "client/lib/call_status.h"
#include "core/model/message_id.h"

namespace twinq {

ScriptedServer::Script FakeQueue::Script() {
  using Call = ScriptedServer::Call;
  return {
      .create_queue = [this](const Call&, const auto&, auto& response) { return Create(response); },
      .delete_queue =
          [this](const Call&, const auto&, auto&) {
            platform::MutexLock lock(mutex_);
            ++deleted_;
            return absl::OkStatus();
          },
      .send_message = [this](const Call&, const auto& request,
                             auto& response) { return Send(request, response); },
      .receive_message = [this](const Call&, const auto& request,
                                auto& response) { return Receive(request, response); },
      .delete_message = [this](const Call&, const auto&, auto&) { return Delete(); }};
}

int FakeQueue::created() const {
  platform::MutexLock lock(mutex_);
  return created_;
}

int FakeQueue::deleted() const {
  platform::MutexLock lock(mutex_);
  return deleted_;
}

absl::Status FakeQueue::Create(v1::CreateQueueResponse& response) {
  platform::MutexLock lock(mutex_);
  ++created_;
  messages_.clear();
  message_ids_.clear();
  sent_ = 0;
  response.set_queue_url("http://host/0/queue");
  return absl::OkStatus();
}

absl::Status FakeQueue::Send(const v1::SendMessageRequest& request,
                             v1::SendMessageResponse& response) {
  platform::MutexLock lock(mutex_);
  v1::Message message;
  message.set_message_id(MessageId::FromRandomBits(0, static_cast<uint64_t>(++sent_)).ToText());
  if (request.has_message_deduplication_id() && fault_ != Fault::kForgetsDedupIds) {
    const auto [known, is_new] =
        message_ids_.try_emplace(request.message_deduplication_id(), message.message_id());
    response.set_message_id(known->second);
    if (!is_new) return absl::OkStatus();
  }
  message.set_receipt_handle(absl::StrCat("handle-", sent_));
  message.set_body(request.message_body());
  response.set_message_id(message.message_id());
  if (fault_ == Fault::kLosesAMessage && sent_ == 10) return absl::OkStatus();
  if (fault_ == Fault::kInventsAMessage && sent_ == 10) message.set_body("7 7 7 7\n");
  messages_.push_back(std::move(message));
  return absl::OkStatus();
}

absl::Status FakeQueue::Receive(const v1::ReceiveMessageRequest& request,
                                v1::ReceiveMessageResponse& response) {
  platform::MutexLock lock(mutex_);
  if (fault_ == Fault::kRefusesReceives) return absl::ResourceExhaustedError("full");
  while (!messages_.empty() && response.messages_size() < request.max_number_of_messages()) {
    if (fault_ == Fault::kSwapsMessages) std::swap(messages_.front(), messages_.back());
    *response.add_messages() = std::move(messages_.front());
    messages_.pop_front();
  }
  return absl::OkStatus();
}

absl::Status FakeQueue::Delete() const {
  if (fault_ != Fault::kExpiresHandles) return absl::OkStatus();
  return client::WithSqsErrorName(absl::InvalidArgumentError("The receipt handle has expired."),
                                  "InvalidParameterValueException");
}

}  // namespace twinq
