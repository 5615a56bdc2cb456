#include "client/load/report/json_report.h"

#include "absl/time/time.h"
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "client/load/report/duplicate_causes.h"
#include "client/load/report/generator_share.h"
#include "client/load/report/json_latency.h"

namespace twinq::load {
namespace {

boost::json::value PerMessage(const RunResult& result, double sum) {
  if (!result.usage.server_cpu.has_value() || result.usage.messages == 0) return nullptr;
  return sum / static_cast<double>(result.usage.messages);
}

boost::json::object Conditions(const RunResult& result, const Workload& workload,
                               const std::string& server) {
  boost::json::object json{
      {"server", server},
      {"duration_s", absl::ToDoubleSeconds(result.sending)},
      {"warmup_s", absl::ToDoubleSeconds(workload.warmup)},
      {"producers", workload.producers},
      {"consumers", workload.consumers},
      {"batch", workload.batch},
      {"groups", workload.groups},
      {"group_skew", workload.group_skew},
      {"size_bytes", workload.body_bytes},
      {"visibility_s", absl::ToDoubleSeconds(workload.visibility_timeout)},
      {"processing_s", absl::ToDoubleSeconds(workload.processing)},
      {"lose_ack", workload.lose_ack},
      {"retry_send", workload.retry_send},
      {"crash", workload.crash},
      {"seed", workload.seed},
      {"drained", result.is_drained},
      {"processors", result.usage.processors},
      {"generator_cpu_share", GeneratorShare(result)},
      {"server_memory_bytes_per_message",
       PerMessage(result, static_cast<double>(result.usage.server_growth_bytes))}};
  if (workload.rate_per_s.has_value()) {
    json["rate_per_s"] = *workload.rate_per_s;
  } else {
    json["backlog_max"] = workload.backlog_max;
  }
  if (result.server.has_value()) {
    json["version"] = result.server->version;
    json["storage"] = result.server->storage;
    json["durability"] = result.server->durability;
  }
  return json;
}

boost::json::object ObjectOf(const RunResult& result, const Workload& workload,
                             const std::string& server) {
  boost::json::object causes;
  for (const DuplicateCause& cause : DuplicateCausesOf(result)) causes[cause.name] = cause.count;
  const absl::Duration cpu = result.usage.server_cpu.value_or(absl::ZeroDuration());
  return {{"kind", result.kind == client::QueueKind::kFifo ? "fifo" : "standard"},
          {"sent", result.sent},
          {"delivered", result.judged.delivered},
          {"deleted", result.judged.deleted},
          {"lost", result.judged.lost()},
          {"duplicates", result.judged.duplicates()},
          {"duplicates_by_cause", causes},
          {"order_violations", result.judged.out_of_order},
          {"groups_held_twice", result.judged.groups_held_twice},
          {"throughput_per_s", result.throughput_per_s},
          {"send_latency_ms", JsonOf(result.measurements.send)},
          {"end_to_end_latency_ms", JsonOf(result.measurements.end_to_end)},
          {"server_cpu_us_per_message", PerMessage(result, absl::ToDoubleMicroseconds(cpu))},
          {"conditions", Conditions(result, workload, server)}};
}

}  // namespace

std::string JsonOf(const RunResult& result, const Workload& workload, const std::string& server) {
  return boost::json::serialize(ObjectOf(result, workload, server));
}

std::string JsonOfAll(absl::Span<const RunResult> results, const Workload& workload,
                      const std::string& server) {
  boost::json::array list;
  for (const RunResult& result : results) list.push_back(ObjectOf(result, workload, server));
  return boost::json::serialize(list);
}

}  // namespace twinq::load
