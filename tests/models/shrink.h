#ifndef TWINQ_TESTS_MODELS_SHRINK_H_
#define TWINQ_TESTS_MODELS_SHRINK_H_

#include "tests/models/differential.h"

namespace twinq::model {

// A smaller disagreement than this one, found by leaving out steps and entries, letting less time
// pass and giving fewer options, for as long as the two still disagree. It need not be about the
// same. Ends after some thousand trials at the latest.
Disagreement Shrink(Disagreement disagreement);

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_SHRINK_H_
