// The writer appends while another thread runs the sync, as a busy shard does; also run under
// thread sanitizer.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "journal/file/file_journal.h"
#include "platform/posix_file_system.h"
#include "platform/thread.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq {
namespace {

TEST(FileJournalThreadTest, TheWriterGoesOnWhileAnotherThreadSyncs) {
  const TemporaryDirectory directory;
  platform::PosixFileSystem files;
  const FileJournal::Options options = {.new_log_id = 1, .segment_bytes = 64 << 10};
  auto journal = FileJournal::Open(files, directory.path(), options);
  ASSERT_THAT(journal, IsOk());
  uint64_t appended = 0;
  const auto append = [&] {
    ASSERT_THAT((*journal)->Append({absl::StrCat(appended++, std::string(500, 'x'))}), IsOk());
  };

  for (int commit = 0; commit < 100; ++commit) {
    append();
    std::unique_ptr<SyncTicket> ticket = (*journal)->BeginSync();
    absl::Status outcome;
    platform::Thread sync("sync", [&] { outcome = ticket->Run(); });
    for (int i = 0; i < 5; ++i) append();
    const JournalPosition durable = (*journal)->synced_up_to().durable;
    ASSERT_THAT((*journal)->DropBefore(JournalPosition(durable.value() / 2)), IsOk());
    sync.Join();
    ASSERT_THAT((*journal)->EndSync(std::move(ticket), outcome), IsOk());
  }

  uint64_t last = 0;
  ASSERT_THAT((*journal)->Replay([&](JournalPosition, absl::string_view record) {
    last = static_cast<uint64_t>(std::stoull(std::string(record.substr(0, record.find('x')))));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_EQ(last, appended - 6);  // The first of the last commit's; nobody has written the rest.
}

}  // namespace
}  // namespace twinq
