// Any text is refused as the name of a queue, or can be found again in the URL and the ARN of the
// queue. Any text as the id of a request gives one that trailing metadata can carry.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

#include "core/base/check.h"
#include "core/base/random.h"
#include "core/model/group_id.h"
#include "core/model/queue_name.h"
#include "server/api/queue_urls.h"
#include "server/grpc/request_id.h"

namespace twinq {
namespace {

void FuzzName(absl::string_view text) {
  const absl::string_view meant = api::QueueNameOf(text);
  TWINQ_CHECK(!absl::StrContains(meant, '/') && absl::StrContains(text, meant));
  const absl::StatusOr<QueueName> name = QueueName::Parse(text);
  if (!name.ok()) return;
  TWINQ_CHECK(name->text() == text && !text.empty() && text.size() <= 80);
  TWINQ_CHECK((name->kind() == QueueKind::kFifo) == absl::EndsWith(text, ".fifo"));
  const std::string url = api::QueueUrl("host:1", text);
  TWINQ_CHECK(meant == text && api::QueueNameOf(url) == text);
  const std::string arn = api::QueueArn(text);
  TWINQ_CHECK(api::QueueNameOfArn(arn) == text);
}

void FuzzArn(absl::string_view text) {
  const auto name = api::QueueNameOfArn(text);
  if (name.has_value()) TWINQ_CHECK(api::QueueArn(*name) == text);
}

void FuzzRequestId(absl::string_view text) {
  SeededRandom random(1);
  const RequestId id = RequestId::Given(text, random);
  const std::string shown = id.text();
  TWINQ_CHECK(!shown.empty() && shown.size() <= kRequestIdBytesMax);
  TWINQ_CHECK(std::all_of(shown.begin(), shown.end(), absl::ascii_isprint));
  TWINQ_CHECK(!id.is_given() || shown == text);
}

void FuzzGroup(absl::string_view text) {
  const absl::StatusOr<GroupId> group = GroupId::Parse(text);
  TWINQ_CHECK(group.ok() == HasGroupIdSyntax(text));
  TWINQ_CHECK(!group.ok() || group->text() == text);
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // NOLINTNEXTLINE(*-reinterpret-cast): bytes are bytes.
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  twinq::FuzzName(text);
  twinq::FuzzArn(text);
  twinq::FuzzRequestId(text);
  twinq::FuzzGroup(text);
  return 0;
}
