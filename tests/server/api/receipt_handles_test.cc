#include "server/api/receipt_handles.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq::api {
namespace {

constexpr absl::string_view kUrlSafeBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Receipt RandomReceipt(Random& random) {
  return {.queue = QueueId(random.Next()),
          .slot = static_cast<uint32_t>(random.Next()),
          .sequence = SequenceNumber(random.Next()),
          .delivery = static_cast<uint32_t>(random.Next()),
          .received_at = Timestamp::FromNanos(static_cast<int64_t>(random.Next()))};
}

class ReceiptHandlesTest : public ::testing::Test {
 protected:
  const ReceiptHandles handles_{ReceiptKey{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
  const Receipt receipt_{.queue = QueueId(7),
                         .slot = 42,
                         .sequence = SequenceNumber(1'099'511'627'777),
                         .delivery = 3,
                         .received_at = Timestamp::FromNanos(1'700'000'000'000'000'000)};
  const std::string handle_ = handles_.Seal(receipt_);
};

TEST_F(ReceiptHandlesTest, OpeningGivesWhatWasSealed) {
  EXPECT_EQ(handles_.Open(handle_), receipt_);
}

TEST_F(ReceiptHandlesTest, AHandleHas66UrlSafeCharacters) {
  EXPECT_EQ(handle_.size(), 66u);
  EXPECT_EQ(handle_.find_first_not_of(std::string(kUrlSafeBase64)), std::string::npos);
}

TEST_F(ReceiptHandlesTest, OpeningGivesWhatWasSealedForAnyReceipt) {
  for (const uint64_t seed : SeedsOfRounds(200)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const Receipt receipt = RandomReceipt(random);

    EXPECT_EQ(handles_.Open(handles_.Seal(receipt)), receipt);
  }
}

TEST_F(ReceiptHandlesTest, OpeningGivesWhatWasSealedAtTheEndsOfTheRanges) {
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  constexpr uint32_t kHalfMax = std::numeric_limits<uint32_t>::max();
  for (const Receipt& receipt : {Receipt{}, Receipt{.queue = QueueId(kMax),
                                            .slot = kHalfMax,
                                            .sequence = SequenceNumber(kMax),
                                            .delivery = kHalfMax,
                                            .received_at = Timestamp::Past()}}) {
    EXPECT_EQ(handles_.Open(handles_.Seal(receipt)), receipt);
  }
}

// Also where the other character means the same bytes: the last one has four bits that are not
// used.
TEST_F(ReceiptHandlesTest, NoCharacterCanBeExchanged) {
  for (size_t place = 0; place < handle_.size(); ++place) {
    for (const char other : kUrlSafeBase64) {
      if (other == handle_[place]) continue;
      std::string forged = handle_;
      forged[place] = other;
      EXPECT_FALSE(handles_.Open(forged).has_value()) << forged;
    }
  }
}

TEST_F(ReceiptHandlesTest, NoPartIsAHandle) {
  for (size_t length = 0; length < handle_.size(); ++length) {
    EXPECT_FALSE(handles_.Open(handle_.substr(0, length)).has_value()) << length;
    EXPECT_FALSE(handles_.Open(handle_.substr(handle_.size() - length)).has_value()) << length;
  }
}

TEST_F(ReceiptHandlesTest, NothingMayBeAdded) {
  for (const std::string addition : {"A", "AA", "=", "==", " ", "\n", "\t"}) {
    EXPECT_FALSE(handles_.Open(handle_ + addition).has_value()) << addition;
    EXPECT_FALSE(handles_.Open(addition + handle_).has_value()) << addition;
    EXPECT_FALSE(handles_.Open(handle_.substr(0, 8) + addition + handle_.substr(8)).has_value())
        << addition;
  }
  EXPECT_FALSE(handles_.Open(handle_ + handle_).has_value());
}

TEST_F(ReceiptHandlesTest, GarbageIsNoHandle) {
  const std::vector<std::string> garbage = {"",
                                            "garbage",
                                            std::string(66, 'A'),
                                            std::string(66, '='),
                                            "not base64!",
                                            std::string(1 << 20, 'A'),
                                            std::string(66, '\xFF'),
                                            std::string(66, '\0')};

  for (const std::string& text : garbage) EXPECT_FALSE(handles_.Open(text).has_value());
}

TEST_F(ReceiptHandlesTest, AnotherKeysHandleIsNone) {
  for (size_t place = 0; place < 16; ++place) {
    ReceiptKey key{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    key[place] ^= 1;

    EXPECT_FALSE(ReceiptHandles(key).Open(handle_).has_value()) << place;
  }
}

TEST_F(ReceiptHandlesTest, ReceiptsThatDifferHaveDifferentHandles) {
  Receipt next_delivery = receipt_;
  ++next_delivery.delivery;

  EXPECT_NE(handles_.Seal(next_delivery), handle_);
}

}  // namespace
}  // namespace twinq::api
