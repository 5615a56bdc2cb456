#ifndef TWINQ_SERVER_GRPC_COMPLETION_EVENT_H_
#define TWINQ_SERVER_GRPC_COMPLETION_EVENT_H_

namespace twinq {

// How an operation on a completion queue ended. kFailed: the call is broken or over, the client has
// sent its last request, or the server ends; which of them, the operation says.
enum class Completion { kOk, kFailed };

// The tag of every operation on our completion queues: who is told of its end, and how.
//
// Lifetime: borrows the owner; both stay where they are until the queue has handed the event back.
class CompletionEvent {
 public:
  // `handler` is a member function of the owner: void (Completion).
  template <auto handler, typename Owner>
  static CompletionEvent For(Owner& owner) {
    return CompletionEvent(&owner, [](void* object, Completion completion) {
      (static_cast<Owner*>(object)->*handler)(completion);
    });
  }

  void Handle(Completion completion) { handler_(owner_, completion); }

 private:
  using Handler = void (*)(void* owner, Completion completion);
  CompletionEvent(void* owner, Handler handler) : owner_(owner), handler_(handler) {}

  void* owner_;
  Handler handler_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_COMPLETION_EVENT_H_
