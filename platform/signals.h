#ifndef TWINQ_PLATFORM_SIGNALS_H_
#define TWINQ_PLATFORM_SIGNALS_H_

namespace twinq::platform {

// Waits for the request to end: SIGTERM, or SIGINT from a terminal. They are kept from ending the
// process from construction on. REQUIRES: made before the first thread is started, so that all
// inherit it.
class TerminationSignals {
 public:
  TerminationSignals();
  // Blocks until one arrives and returns its number.
  int Wait();
  // From now on they end the process at once, as if this object had never been.
  void Restore();
};

// Broken connections are errors of the write, not signals.
void IgnoreSigpipe();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_SIGNALS_H_
