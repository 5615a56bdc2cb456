#ifndef TWINQ_BENCH_MICRO_CALL_TIMES_H_
#define TWINQ_BENCH_MICRO_CALL_TIMES_H_

#include <algorithm>
#include <cstdint>
#include <ctime>

namespace twinq::bench {

// How long calls take, by the processor's time of this process, so that what others do with the
// machine meanwhile does not count. Units: microseconds.
class CallTimes {
 public:
  template <typename Call>
  auto Measure(Call&& call) {
    const Span span(*this);
    return call();
  }

  int64_t calls() const { return calls_; }
  int64_t longest_us() const { return longest_us_; }

 private:
  class Span {
   public:
    explicit Span(CallTimes& times) : times_(times), begin_(std::clock()) {}
    ~Span() {
      const int64_t us = (std::clock() - begin_) * 1'000'000 / CLOCKS_PER_SEC;
      ++times_.calls_;
      times_.longest_us_ = std::max(times_.longest_us_, us);
    }
    Span(const Span&) = delete;
    Span& operator=(const Span&) = delete;

   private:
    CallTimes& times_;
    const std::clock_t begin_;
  };

  int64_t calls_ = 0;
  int64_t longest_us_ = 0;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_CALL_TIMES_H_
