#ifndef TWINQ_WIRE_POLICY_DOCUMENT_H_
#define TWINQ_WIRE_POLICY_DOCUMENT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace twinq::wire {

// A statement that lets principals do actions with a resource.
struct AllowStatement {
  std::string sid;
  std::vector<std::string> principals;  // At least one; so with the actions.
  std::vector<std::string> actions;
  std::string resource;
};

// The policy of a queue, as far as a list of statements by their Sids goes; all else in it stays as
// it is.
class PolicyDocument {
 public:
  // Nothing unless the text is a JSON object.
  static std::optional<PolicyDocument> Parse(absl::string_view text);
  // One without statements.
  static PolicyDocument WithId(absl::string_view id);
  PolicyDocument(PolicyDocument&&) noexcept;
  PolicyDocument& operator=(PolicyDocument&&) noexcept;
  ~PolicyDocument();

  bool HasStatement(absl::string_view sid) const;
  size_t statements() const;
  // Behind the others. One principal, or action, is written as a text, several as a list.
  void Add(const AllowStatement& statement);
  void Remove(absl::string_view sid);
  std::string Text() const;

 private:
  struct Parsed;
  explicit PolicyDocument(std::unique_ptr<Parsed> parsed);

  std::unique_ptr<Parsed> parsed_;  // Never null. Keeps the library out of this header.
};

}  // namespace twinq::wire

#endif  // TWINQ_WIRE_POLICY_DOCUMENT_H_
