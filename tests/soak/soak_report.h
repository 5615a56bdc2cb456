#ifndef TWINQ_TESTS_SOAK_SOAK_REPORT_H_
#define TWINQ_TESTS_SOAK_SOAK_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "tests/crash/report.h"
#include "tests/soak/hostile_crowd.h"
#include "tests/soak/probe.h"
#include "tests/soak/tally.h"

namespace twinq::soak {

// What was done in a soak, how often, and what came of it.
//
// Thread-safety: one thread at a time.
class SoakReport {
 public:
  // The process's memory at the end of a cycle, and the most it ever held until then, in bytes.
  struct Memory {
    int64_t resident = 0;
    int64_t peak = 0;
  };

  void Add(const HostileCrowd& crowd);
  void Add(const Probe& probe);
  void Add(const crash::Totals& totals);
  void AddCycle(const Memory& memory) { cycles_.push_back(memory); }
  void AddSlowDisk() { ++slow_disks_; }
  void AddClockSetting() { ++clock_settings_; }

  bool is_clean() const { return totals_.is_clean; }  // What the judge said.
  const std::vector<Memory>& cycles() const { return cycles_; }

  void Print() const;

 private:
  struct Row {
    std::string name;
    std::array<int64_t, kFates> counts = {};
  };

  std::vector<Row> rows_;
  std::vector<absl::Duration> rounds_;
  std::vector<absl::Duration> slow_disk_rounds_;
  crash::Totals totals_;
  std::vector<Memory> cycles_;
  int slow_disks_ = 0;
  int clock_settings_ = 0;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_SOAK_REPORT_H_
