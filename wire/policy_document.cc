#include "wire/policy_document.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "wire/json_text.h"

namespace twinq::wire {
namespace {

namespace json = boost::json;

json::string TextOf(absl::string_view text) { return json::string(text.data(), text.size()); }

// A list of one is that one.
json::value OneOrList(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return TextOf(texts.front());
  json::array list;
  for (const std::string& text : texts) list.emplace_back(TextOf(text));
  return list;
}

bool HasSid(const json::value& statement, absl::string_view sid) {
  if (!statement.is_object()) return false;
  const json::value* found = statement.get_object().if_contains("Sid");
  return found != nullptr && found->is_string() && found->get_string() == TextOf(sid);
}

}  // namespace

struct PolicyDocument::Parsed {
  json::object object;
  json::array statements;  // In place of the object's.
};

PolicyDocument::PolicyDocument(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
PolicyDocument::PolicyDocument(PolicyDocument&&) noexcept = default;
PolicyDocument& PolicyDocument::operator=(PolicyDocument&&) noexcept = default;
PolicyDocument::~PolicyDocument() = default;

std::optional<PolicyDocument> PolicyDocument::Parse(absl::string_view text) {
  std::optional<json::object> object = ParseJsonObject(text);
  if (!object.has_value()) return std::nullopt;
  auto parsed = std::make_unique<Parsed>();
  parsed->object = *std::move(object);
  if (json::value* statements = parsed->object.if_contains("Statement")) {
    // One statement may stand without a list around it.
    if (statements->is_array()) {
      parsed->statements = statements->get_array();
    } else {
      parsed->statements.push_back(*statements);
    }
  }
  return PolicyDocument(std::move(parsed));
}

PolicyDocument PolicyDocument::WithId(absl::string_view id) {
  auto parsed = std::make_unique<Parsed>();
  parsed->object["Version"] = "2008-10-17";
  parsed->object["Id"] = TextOf(id);
  return PolicyDocument(std::move(parsed));
}

bool PolicyDocument::HasStatement(absl::string_view sid) const {
  const json::array& statements = parsed_->statements;
  return std::any_of(statements.begin(), statements.end(),
                     [&](const json::value& statement) { return HasSid(statement, sid); });
}

size_t PolicyDocument::statements() const { return parsed_->statements.size(); }

void PolicyDocument::Add(const AllowStatement& statement) {
  json::object added;
  added["Sid"] = TextOf(statement.sid);
  added["Effect"] = "Allow";
  added["Principal"] = json::object({{"AWS", OneOrList(statement.principals)}});
  added["Action"] = OneOrList(statement.actions);
  added["Resource"] = TextOf(statement.resource);
  parsed_->statements.emplace_back(std::move(added));
}

void PolicyDocument::Remove(absl::string_view sid) {
  json::array& statements = parsed_->statements;
  const auto removed = std::remove_if(statements.begin(), statements.end(),
                                      [&](const json::value& s) { return HasSid(s, sid); });
  statements.erase(removed, statements.end());
}

std::string PolicyDocument::Text() const {
  json::object object = parsed_->object;
  object["Statement"] = parsed_->statements;
  const json::string text(json::serialize(object));
  return {text.data(), text.size()};
}

}  // namespace twinq::wire
