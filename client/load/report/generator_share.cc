#include "client/load/report/generator_share.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/load/report/figures.h"
#include "client/load/report/run_report.h"

namespace twinq::load {
namespace {

// Below, processors have had time to spare.
constexpr double kSaturated = 0.9;
// An open loop that sent less than this of what it was asked for has fallen behind.
constexpr double kKeptUp = 0.98;

double ShareOf(absl::Duration cpu, const Usage& usage) {
  if (usage.elapsed <= absl::ZeroDuration()) return 0;
  return absl::FDivDuration(cpu, usage.elapsed) / usage.processors;
}

}  // namespace

double GeneratorShare(const RunResult& result) {
  return ShareOf(result.usage.generator_cpu, result.usage);
}

std::string DescribeGenerator(const RunResult& result) {
  const Usage& usage = result.usage;
  std::string text =
      absl::StrFormat("%s: the generator took %.0f %% of %d processors", NameOf(result.kind),
                      GeneratorShare(result) * 100, usage.processors);
  if (usage.messages > 0 && usage.generator_cpu > absl::ZeroDuration()) {
    const absl::Duration each = usage.generator_cpu / usage.messages;
    absl::StrAppendFormat(&text, ", %.1f us a message; alone it could do %s messages/s",
                          absl::ToDoubleMicroseconds(each),
                          WithThousands(usage.processors * (absl::Seconds(1) / each)));
  }
  return text;
}

std::string GeneratorWarning(const RunResult& result, const Workload& workload) {
  const Usage& usage = result.usage;
  if (workload.rate_per_s.has_value() && usage.elapsed > absl::ZeroDuration()) {
    const double rate = static_cast<double>(usage.messages) / absl::ToDoubleSeconds(usage.elapsed);
    if (rate < kKeptUp * *workload.rate_per_s) {
      return absl::StrFormat(
          "%s: sent %.0f of the %g messages/s asked for: take more producers, or a lower rate.",
          NameOf(result.kind), rate, *workload.rate_per_s);
    }
  }
  const absl::Duration server_cpu = usage.server_cpu.value_or(absl::ZeroDuration());
  const double used = ShareOf(usage.generator_cpu + server_cpu, usage);
  if (used < kSaturated || usage.generator_cpu < server_cpu) return "";
  return absl::StrFormat(
      "%s: the processors were used up, most of them by the generator: on a machine of its own\n"
      "the server would do more.",
      NameOf(result.kind));
}

}  // namespace twinq::load
