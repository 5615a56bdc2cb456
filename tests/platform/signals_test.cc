#include "platform/signals.h"

#include <cerrno>
#include <cstdlib>
#include <signal.h>
#include <unistd.h>

#include "gtest/gtest.h"

#include "platform/thread.h"

namespace twinq::platform {
namespace {

using ::testing::ExitedWithCode;

// Each of these runs in a process of its own, which signals itself.

void SignalSelf(int number) { kill(getpid(), number); }

[[noreturn]] void ExitWith(bool succeeded) { std::_Exit(succeeded ? 0 : 1); }

struct SignalCase {
  const char* name;
  int number;
};

class TerminationSignalTest : public ::testing::TestWithParam<SignalCase> {
 protected:
  // The process is started anew, for one that has threads already must not go on after a fork.
  TerminationSignalTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_P(TerminationSignalTest, IsReportedAlsoIfItCameBeforeTheWait) {
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        SignalSelf(GetParam().number);
        ExitWith(signals.Wait() == GetParam().number);
      },
      ExitedWithCode(0), "");
}

TEST_P(TerminationSignalTest, DoesNotEndAThreadStartedLater) {
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        Thread thread("signal", [] { pthread_kill(pthread_self(), SIGURG); });
        SignalSelf(GetParam().number);
        const int reported = signals.Wait();
        thread.Join();
        ExitWith(reported == GetParam().number);
      },
      ExitedWithCode(0), "");
}

TEST_P(TerminationSignalTest, EndsTheProcessAtOnceIfItIsTheNext) {
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        SignalSelf(GetParam().number);
        signals.Wait();
        signals.EndProcessAtNext();
        SignalSelf(GetParam().number);
        ExitWith(false);
      },
      ExitedWithCode(128 + GetParam().number), "");
}

TEST_P(TerminationSignalTest, ThatIsPendingIsTheNext) {
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        SignalSelf(GetParam().number);
        signals.EndProcessAtNext();
        ExitWith(false);
      },
      ExitedWithCode(128 + GetParam().number), "");
}

TEST_P(TerminationSignalTest, IsPendingUntilTheWait) {
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        const bool before = signals.IsPending();
        SignalSelf(GetParam().number);
        const bool then = signals.IsPending();
        signals.Wait();
        ExitWith(!before && then && !signals.IsPending());
      },
      ExitedWithCode(0), "");
}

TEST(TerminationSignalsTest, AnInterruptFromAnotherThreadEndsTheWait) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        TerminationSignals signals;
        Thread thread("interrupter", [&signals] { signals.Interrupt(); });
        const int first = signals.Wait();
        ExitWith(first == 0 && signals.IsPending() && signals.Wait() == 0);
      },
      ExitedWithCode(0), "");
}

INSTANTIATE_TEST_SUITE_P(Signals, TerminationSignalTest,
                         ::testing::Values(SignalCase{"Sigterm", SIGTERM},
                                           SignalCase{"Sigint", SIGINT}),
                         [](const auto& test) { return test.param.name; });

TEST(IgnoreSigpipeTest, MakesAWriteToABrokenPipeAnError) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        IgnoreSigpipe();
        int ends[2];
        if (pipe(ends) != 0 || close(ends[0]) != 0) ExitWith(false);
        const ssize_t written = write(ends[1], "x", 1);
        ExitWith(written == -1 && errno == EPIPE);
      },
      ExitedWithCode(0), "");
}

}  // namespace
}  // namespace twinq::platform
