#ifndef TWINQ_SERVER_GRPC_REFLECTION_H_
#define TWINQ_SERVER_GRPC_REFLECTION_H_

#include <string>
#include <vector>

#include "proto/grpc/reflection/v1/reflection.pb.h"

#include "server/grpc/stream_handler.h"

namespace twinq {

// A call of grpc.reflection.v1.ServerReflection.ServerReflectionInfo, or of the method of v1alpha,
// whose bytes are the same: answers questions about the services and all messages linked into this
// program. What is not there is answered with NOT_FOUND, and the call goes on.
//
// Lifetime: borrows both.
class Reflection : public StreamHandler {
 public:
  // `services`: the full names of those that are served.
  Reflection(const std::vector<std::string>& services, Stream& stream);

  void OnRequest() override;
  void OnRequestsEnd() override;
  void OnWritten() override;

 private:
  const std::vector<std::string>& services_;
  Stream& stream_;
  grpc::reflection::v1::ServerReflectionRequest request_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_REFLECTION_H_
