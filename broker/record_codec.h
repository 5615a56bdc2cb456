#ifndef TWINQ_BROKER_RECORD_CODEC_H_
#define TWINQ_BROKER_RECORD_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "broker/record.h"
#include "core/queue/queue_footprint.h"

namespace twinq {

// A record and, for a MessagePut, the body that was stored with it.
struct DecodedRecord {
  Record record;
  absl::string_view body;  // Points into the bytes that were decoded.
};

// The form of a record in a journal: one byte for its type, then its fields in the order of
// record.h. Integers are little-endian, instants nanoseconds since 1970, spans nanoseconds, texts a
// 32-bit length and their bytes; an absent optional is a zero byte. A MessagePut ends with its
// body.
// REQUIRES: `body` has MessagePut::body_bytes, and of other records none.
std::string EncodeRecord(const Record& record, absl::string_view body);

// How many bytes copies of all that a queue holds would have: exactly, if no message was received.
uint64_t EncodedBytes(const QueueFootprint& footprint);
// What these take in the record of a queue, nearly.
uint64_t EncodedBytes(const KeptAttributes& kept);

// InvalidArgument if `bytes` are not exactly what EncodeRecord() makes. Never crashes on any bytes.
absl::StatusOr<DecodedRecord> DecodeRecord(absl::string_view bytes);

}  // namespace twinq

#endif  // TWINQ_BROKER_RECORD_CODEC_H_
