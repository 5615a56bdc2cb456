#ifndef TWINQ_SERVER_GRPC_RAW_SERVICE_H_
#define TWINQ_SERVER_GRPC_RAW_SERVICE_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>
#include <grpcpp/support/byte_buffer.h>

#include "core/base/random.h"
#include "core/model/api_error.h"
#include "server/grpc/completion_event.h"
#include "server/grpc/request_id.h"

namespace twinq {

// A service whose methods are served from completion queues as raw bytes in and out, and of which
// gRPC knows exactly the methods added. The generated classes would add every method of the
// service, and have the missing ones served by a pool of threads; here they get gRPC's own answer
// UNIMPLEMENTED.
//
// Thread-safety: Add…() before the server is built; Request…() on any thread.
// Lifetime: outlives the server.
class RawService : public grpc::Service {
 public:
  // What gRPC has of a unary call; serves only once.
  struct Unary {
    Unary() : writer(&context) {}
    grpc::ServerContext context;
    grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> writer;
    grpc::ByteBuffer request;
  };
  using Stream = grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>;

  explicit RawService(const google::protobuf::ServiceDescriptor& service);

  // In full: twinq.v1.QueueService.
  const std::string& name() const { return name_; }

  // Both answer the method's place, which Request…() asks for. A method that is added as a stream
  // may be declared in any way: a unary one, say, is a stream of one request and one response.
  int AddUnary(absl::string_view method);
  int AddStream(absl::string_view method);

  // Asks for the next call of a method. `event` comes back from the queue, as kFailed once the
  // server ends.
  void RequestUnary(int place, Unary& call, grpc::ServerCompletionQueue& queue,
                    CompletionEvent& event);
  void RequestStream(int place, grpc::ServerContext& context, Stream& stream,
                     grpc::ServerCompletionQueue& queue, CompletionEvent& event);

 private:
  int Add(absl::string_view method, grpc::internal::RpcMethod::RpcType type);

  const std::string name_;
  std::deque<std::string> paths_;  // "/twinq.v1.QueueService/SendMessage" and so on; never move.
};

// Between gRPC's raw bytes and statuses and ours, the same for every kind of call.

// Fills in `message` and lets go of the bytes, or says what is wrong with them.
std::optional<ApiError> TakeRequest(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message);

// The id of a call: of its metadata `twinq-request-id`, which then is in the trailing metadata of
// the same name, too; else drawn, and there only beside an error: trailing metadata cost a server
// of short calls a seventh of its time. REQUIRES: the call has arrived and is not answered.
RequestId TakeRequestId(grpc::ServerContext& context, Random& random);

// How many bytes of each value that a client has sent an error repeats. Clients turn a status
// message past some 8 KiB into another error.
inline constexpr size_t kEchoedBytesMax = 1'024;

// How many bytes of messages a receive answers with, beside the first one: clients refuse answers
// of more than 4 MiB unless they are told otherwise.
inline constexpr uint64_t kReceivedBytesMax = 7 << 19;

// The status that tells the client of an error. Its SQS name goes into the trailing metadata of the
// call, and with the request id into the details of the status: a google.rpc.Status that holds a
// google.rpc.ErrorInfo.
grpc::Status StatusOf(const ApiError& error, const RequestId& id, grpc::ServerContext& context);

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_RAW_SERVICE_H_
