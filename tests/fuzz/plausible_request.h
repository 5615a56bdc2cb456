#ifndef TWINQ_TESTS_FUZZ_PLAUSIBLE_REQUEST_H_
#define TWINQ_TESTS_FUZZ_PLAUSIBLE_REQUEST_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"

#include "tests/fuzz/fuzz_input.h"

namespace twinq {

// What a client knows from the answers that it got.
struct LearnedTexts {
  std::vector<std::string> handles;  // Of receipts.
  std::vector<std::string> tokens;   // Of pages.
};

// Fills in a request such as a client might send that means it, or means to find the limits: most
// members have a value that some request may have there. Input that is used up leaves it empty.
void FillInPlausibly(FuzzInput& input, const LearnedTexts& learned,
                     google::protobuf::Message& request);

}  // namespace twinq

#endif  // TWINQ_TESTS_FUZZ_PLAUSIBLE_REQUEST_H_
