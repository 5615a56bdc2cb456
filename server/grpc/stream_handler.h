#ifndef TWINQ_SERVER_GRPC_STREAM_HANDLER_H_
#define TWINQ_SERVER_GRPC_STREAM_HANDLER_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace twinq {

// A streaming call as its handler sees it: requests come when they are asked for, responses go one
// at a time, so a client that does not read costs no more than one of each.
//
// Once the call is finished, or broken, all of these do nothing.
// Thread-safety: the thread of the call's completion queue.
class Stream {
 public:
  virtual ~Stream() = default;

  // Asks for the next request; StreamHandler::OnRequest() or OnRequestsEnd() says that it is there.
  // What is no such message ends the call as kMalformedRequest. REQUIRES: no other read is under
  // way. `request` lives as long as the handler.
  virtual void Read(google::protobuf::Message& request) = 0;
  // Sends a response; StreamHandler::OnWritten() says when the next may follow.
  // REQUIRES: no other write is under way.
  virtual void Write(const google::protobuf::Message& response) = 0;
  // Sends the last response, and success. REQUIRES: no write is under way.
  virtual void FinishWith(const google::protobuf::Message& response) = 0;
  // Ends the call, after a write that is under way.
  virtual void Finish(const absl::Status& status) = 0;
};

// What a streaming method does with one of its calls: made with the call's Stream when the call has
// arrived, destroyed when it is over for whatever reason. Not told of anything once the call is
// finished.
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;

  virtual void OnRequest() = 0;
  // The client has sent all its requests; it may still want responses.
  virtual void OnRequestsEnd() = 0;
  virtual void OnWritten() = 0;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_STREAM_HANDLER_H_
