#ifndef TWINQ_SERVER_API_BACKEND_H_
#define TWINQ_SERVER_API_BACKEND_H_

#include "broker/command_sink.h"
#include "server/api/receipt_handles.h"

namespace twinq::api {

// What stands behind every front end: where commands go, and the seal of receipt handles.
//
// Thread-safety: any thread. Lifetime: borrows the sink; outlives the front ends.
struct Backend {
  CommandSink& sink;
  ReceiptHandles handles;
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_BACKEND_H_
