#ifndef TWINQ_PLATFORM_SIGNALS_H_
#define TWINQ_PLATFORM_SIGNALS_H_

namespace twinq::platform {

// Waits for the request to end: SIGTERM, or SIGINT from a terminal. They are kept from ending the
// process from construction on. REQUIRES: made before the first thread is started, so that all
// inherit it.
//
// Thread-safety: Interrupt() on any thread, the others on one.
class TerminationSignals {
 public:
  TerminationSignals();
  ~TerminationSignals();
  TerminationSignals(const TerminationSignals&) = delete;
  TerminationSignals& operator=(const TerminationSignals&) = delete;

  // Blocks until one arrives, and returns its number, or until Interrupt(), and returns 0.
  int Wait();
  // Whether Wait() would return at once.
  bool IsPending() const;
  // From now on nobody waits.
  void Interrupt();
  // From now on each of them ends the process at once, with the exit code that a shell shows for
  // it: 143 for SIGTERM, 130 for SIGINT. Not by the signal's default action, which the first
  // process of a container does not have.
  void EndProcessAtNext();

 private:
  const int arrived_;      // A signalfd(): readable when a signal is pending.
  const int interrupted_;  // An eventfd(): readable after Interrupt().
};

// Broken connections are errors of the write, not signals.
void IgnoreSigpipe();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_SIGNALS_H_
