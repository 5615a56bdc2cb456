#ifndef TWINQ_BENCH_E2E_CALL_SCRIPT_H_
#define TWINQ_BENCH_E2E_CALL_SCRIPT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include <grpcpp/grpcpp.h>

#include "proto/twinq/v1/queue.pb.h"

namespace twinq::bench {

// What one caller asks of a server, call after call.
class CallScript {
 public:
  struct Call {
    std::string method;
    const grpc::ByteBuffer* request = nullptr;  // The script's, until the next call.
  };

  virtual ~CallScript() = default;
  // The first call of all, and again after a call that has failed.
  virtual Call First() = 0;
  // The call behind the one that was answered so.
  virtual Call Next(const grpc::ByteBuffer& answer) = 0;
  // Messages that the answers have brought to their end so far.
  virtual int64_t messages() const = 0;
};

// One SendMessage, serialised once, over and over; answers are not parsed. A message ends with it.
class RepeatedSend final : public CallScript {
 public:
  RepeatedSend(const std::string& queue, size_t body_bytes);
  Call First() override;
  Call Next(const grpc::ByteBuffer& answer) override;
  int64_t messages() const override { return messages_; }

 private:
  grpc::ByteBuffer request_;
  int64_t messages_ = 0;
};

// SendMessage, ReceiveMessage of one, DeleteMessage of what has come, over and over. A message ends
// with its deletion.
class SingleCycle final : public CallScript {
 public:
  SingleCycle(const std::string& queue, size_t body_bytes);
  Call First() override;
  Call Next(const grpc::ByteBuffer& answer) override;
  int64_t messages() const override { return messages_; }

 private:
  enum class Step : uint8_t { kSend, kReceive, kDelete };

  Call Delete(const grpc::ByteBuffer& received);

  Step step_ = Step::kSend;  // Of the call that is open.
  grpc::ByteBuffer send_;
  grpc::ByteBuffer receive_;
  grpc::ByteBuffer delete_;
  v1::ReceiveMessageResponse received_;
  v1::DeleteMessageRequest deletion_;
  int64_t messages_ = 0;
};

// SendMessageBatch of ten, ReceiveMessage of up to ten, DeleteMessageBatch of what has come, over
// and over. A message ends with its deletion.
class BatchCycle final : public CallScript {
 public:
  BatchCycle(const std::string& queue, size_t body_bytes);
  Call First() override;
  Call Next(const grpc::ByteBuffer& answer) override;
  int64_t messages() const override { return messages_; }

 private:
  enum class Step : uint8_t { kSend, kReceive, kDelete };

  Call Delete(const grpc::ByteBuffer& received);

  Step step_ = Step::kSend;  // Of the call that is open.
  grpc::ByteBuffer send_;
  grpc::ByteBuffer receive_;
  grpc::ByteBuffer delete_;
  v1::ReceiveMessageResponse received_;
  v1::DeleteMessageBatchRequest deletion_;
  v1::DeleteMessageBatchResponse deleted_;
  int64_t messages_ = 0;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_CALL_SCRIPT_H_
