#include "broker/payload.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "broker/body_store.h"

namespace twinq {
namespace {

TEST(PayloadTest, HoldsACopyOfTheBody) {
  std::string body("with\0zero", 9);
  const PayloadPtr payload = Payload::Create(body);

  body.assign(9, 'x');

  EXPECT_EQ(payload->body(), absl::string_view("with\0zero", 9));
}

TEST(PayloadTest, MayBeEmpty) { EXPECT_EQ(Payload::Create("")->body(), ""); }

TEST(PayloadPtrTest, LivesAsLongAsItsLastOwner) {
  PayloadPtr first = Payload::Create("body");
  PayloadPtr second = first;
  first = PayloadPtr();
  EXPECT_FALSE(first);

  const PayloadPtr third = std::move(second);

  EXPECT_EQ(third->body(), "body");
}

TEST(PayloadPtrTest, ADetachedReferenceIsAdoptedAgain) {
  PayloadPtr owner = Payload::Create("body");
  Payload* detached = owner.Detach();
  EXPECT_FALSE(owner);

  EXPECT_EQ(PayloadPtr::Adopt(detached)->body(), "body");
}

TEST(BodyStoreTest, APinOutlivesTheRelease) {
  BodyStore bodies;
  const BodyRef body = bodies.Put(Payload::Create("body"));
  EXPECT_EQ(bodies.Look(body).body(), "body");

  const PayloadPtr pinned = bodies.Pin(body);
  bodies.Release(body);

  EXPECT_EQ(pinned->body(), "body");
}

TEST(BodyStoreTest, SeveralAreReleasedAtOnce) {
  BodyStore bodies;
  const std::vector<BodyRef> refs = {bodies.Put(Payload::Create("one")),
                                     bodies.Put(Payload::Create("three"))};
  EXPECT_EQ(bodies.bytes(), 8u);

  bodies.Release(refs);

  EXPECT_EQ(bodies.bytes(), 0u);
}

}  // namespace
}  // namespace twinq
