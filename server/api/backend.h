#ifndef TWINQ_SERVER_API_BACKEND_H_
#define TWINQ_SERVER_API_BACKEND_H_

#include <atomic>
#include <optional>
#include <utility>

#include "broker/command_sink.h"
#include "core/base/check.h"
#include "core/model/receipt_key.h"
#include "server/api/receipt_handles.h"
#include "server/api/server_info.h"
#include "server/api/transit_budget.h"

namespace twinq::api {

// What stands behind every front end: where commands go, the seal of receipt handles, and what
// there is to say of the server. While the
// shard is still recovering it is not ready, and every call is refused.
//
//   not ready ──Open()──► ready
//
// Thread-safety: any thread; Open() once. Lifetime: borrows the sink; outlives the front ends.
class Backend {
 public:
  explicit Backend(CommandSink& sink, ServerInfo info = {})
      : sink_(sink), info_(std::move(info)), transit_(info_.transit_bytes_max) {}
  // One that is ready.
  Backend(CommandSink& sink, const ReceiptKey& key) : Backend(sink) { Open(key); }

  // From now on calls are served. REQUIRES: the sink takes commands.
  void Open(const ReceiptKey& key) {
    TWINQ_CHECK(!is_ready());
    handles_.emplace(key);
    is_ready_.store(true, std::memory_order_release);
  }
  bool is_ready() const { return is_ready_.load(std::memory_order_acquire); }

  const ServerInfo& info() const { return info_; }
  CommandSink& sink() const { return sink_; }
  TransitBudget& transit() const { return transit_; }
  // REQUIRES: is_ready().
  const ReceiptHandles& handles() const {
    TWINQ_CHECK(handles_.has_value());
    return *handles_;
  }

 private:
  CommandSink& sink_;
  const ServerInfo info_;
  mutable TransitBudget transit_;
  std::optional<ReceiptHandles> handles_;  // Set before is_ready_, and never again.
  std::atomic<bool> is_ready_{false};
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_BACKEND_H_
