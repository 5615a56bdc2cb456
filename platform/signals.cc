#include "platform/signals.h"

#include <pthread.h>
#include <signal.h>

#include "core/base/check.h"

namespace twinq::platform {
namespace {

sigset_t TerminationSet() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

TerminationSignals::TerminationSignals() {
  const sigset_t signals = TerminationSet();
  TWINQ_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
}

int TerminationSignals::Wait() {
  const sigset_t signals = TerminationSet();
  int number = 0;
  while (sigwait(&signals, &number) != 0) {
  }
  return number;
}

void TerminationSignals::Restore() {
  const sigset_t signals = TerminationSet();
  TWINQ_CHECK(pthread_sigmask(SIG_UNBLOCK, &signals, nullptr) == 0);
}

void IgnoreSigpipe() { signal(SIGPIPE, SIG_IGN); }

}  // namespace twinq::platform
