#ifndef TWINQ_CLIENT_LIB_CANCELLATION_H_
#define TWINQ_CLIENT_LIB_CANCELLATION_H_

#include <functional>
#include <memory>

namespace twinq::client {

// Ends calls that wait, from another thread.
//
// Guarantee: once Cancel() was called, the calls that were given this cancellation, and those that
// will be, end at once with Cancelled, unless their answer is there. Whether they took effect is
// unknown: a receive may have taken messages, which then stay hidden for their visibility timeout.
// Thread-safety: all methods may be called from any thread.
// Lifetime: must outlive the calls that were given it.
class Cancellation {
 public:
  Cancellation();
  ~Cancellation();
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  void Cancel();

  // For the sources of this library: a call that Cancel() ends, from its beginning to its end.
  class Call {
   public:
    // `cancellation` may be null: nobody ends the call. `end` is called at most once, perhaps
    // before the call has begun, and from any thread.
    Call(Cancellation* cancellation, std::function<void()> end);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    friend class Cancellation;

    Cancellation* cancellation_;
    std::function<void()> end_;
  };

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_CANCELLATION_H_
