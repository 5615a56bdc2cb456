#ifndef TWINQ_WIRE_JSON_OBJECT_H_
#define TWINQ_WIRE_JSON_OBJECT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace twinq::wire {

// A JSON object, for looking into a document that somebody sent. At most 32 levels deep, its
// numbers such as a double can hold.
class JsonObject {
 public:
  // Nothing if the text is anything else.
  static std::optional<JsonObject> Parse(absl::string_view text);
  JsonObject(JsonObject&&) noexcept;
  JsonObject& operator=(JsonObject&&) noexcept;
  ~JsonObject();

  // The object without spaces, the members of all objects in the order of their names: the same for
  // all texts that say the same.
  std::string Canonical() const;

  bool Has(absl::string_view name) const;
  // A member that is a string.
  std::optional<std::string> String(absl::string_view name) const;
  // A member of any kind: the text of a string, else its JSON.
  std::optional<std::string> Text(absl::string_view name) const;
  // A member that is an array of strings.
  std::optional<std::vector<std::string>> Strings(absl::string_view name) const;

 private:
  struct Parsed;
  explicit JsonObject(std::unique_ptr<Parsed> parsed);

  std::unique_ptr<Parsed> parsed_;  // Never null. Keeps the library out of this header.
};

}  // namespace twinq::wire

#endif  // TWINQ_WIRE_JSON_OBJECT_H_
