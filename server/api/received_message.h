#ifndef TWINQ_SERVER_API_RECEIVED_MESSAGE_H_
#define TWINQ_SERVER_API_RECEIVED_MESSAGE_H_

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

#include "proto/twinq/v1/queue.pb.h"

#include "broker/command.h"
#include "core/model/queue_kind.h"
#include "server/api/message_attributes.h"
#include "server/api/receipt_handles.h"

namespace twinq::api {

// Writes the messages of one receive into its answer, each with the attributes asked for (SQS
// semantics 2.10, 3.4). Borrows the request and the handles.
class ReceivedMessageWriter {
 public:
  ReceivedMessageWriter(QueueKind kind, const v1::ReceiveMessageRequest& request,
                        const ReceiptHandles& handles);

  void Write(const MessagesReceived::Entry& entry, v1::Message& message) const;

 private:
  void WriteSystemAttributes(const MessagesReceived::Entry& entry, const Attachments& attachments,
                             v1::Message& message) const;

  const QueueKind kind_;
  const ReceiptHandles& handles_;
  // Of system attributes: names, or "All". The older spelling loses against the newer.
  const absl::flat_hash_set<absl::string_view> system_names_;
  const AttributeFilter filter_;
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_RECEIVED_MESSAGE_H_
