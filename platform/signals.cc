#include "platform/signals.h"

#include <cstdint>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

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

int OpenSignals() {
  const sigset_t signals = TerminationSet();
  TWINQ_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

void ExitBySignal(int number) { _exit(128 + number); }

// Whether one of the two is readable, within so many milliseconds; -1 is for ever.
bool Poll(int one, int other, int milliseconds) {
  pollfd both[] = {{.fd = one, .events = POLLIN, .revents = 0},
                   {.fd = other, .events = POLLIN, .revents = 0}};
  return poll(both, 2, milliseconds) > 0;
}

}  // namespace

TerminationSignals::TerminationSignals()
    : arrived_(OpenSignals()), interrupted_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  TWINQ_CHECK(arrived_ >= 0 && interrupted_ >= 0);
}

TerminationSignals::~TerminationSignals() {
  close(arrived_);
  close(interrupted_);
}

int TerminationSignals::Wait() {
  for (;;) {
    Poll(arrived_, interrupted_, -1);
    signalfd_siginfo signal{};
    if (read(arrived_, &signal, sizeof(signal)) == sizeof(signal)) {
      return static_cast<int>(signal.ssi_signo);
    }
    // Left there, so that the next wait ends as well.
    if (Poll(interrupted_, interrupted_, 0)) return 0;
  }
}

bool TerminationSignals::IsPending() const { return Poll(arrived_, interrupted_, 0); }

void TerminationSignals::Interrupt() {
  const uint64_t one = 1;
  // Fails only if the counter is at its end, and then the event is there.
  if (write(interrupted_, &one, sizeof(one)) < 0) return;
}

void TerminationSignals::EndProcessAtNext() {
  const sigset_t signals = TerminationSet();
  struct sigaction action = {};
  action.sa_handler = ExitBySignal;
  TWINQ_CHECK(sigaction(SIGTERM, &action, nullptr) == 0);
  TWINQ_CHECK(sigaction(SIGINT, &action, nullptr) == 0);
  TWINQ_CHECK(pthread_sigmask(SIG_UNBLOCK, &signals, nullptr) == 0);
}

void IgnoreSigpipe() { signal(SIGPIPE, SIG_IGN); }

}  // namespace twinq::platform
