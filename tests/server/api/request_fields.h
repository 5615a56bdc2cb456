#ifndef TWINQ_TESTS_SERVER_API_REQUEST_FIELDS_H_
#define TWINQ_TESTS_SERVER_API_REQUEST_FIELDS_H_

#include <string>

namespace twinq::api {

// Texts of refusals that many tests have.
inline constexpr char kVisibilityRange[] = "Must be >= 0 and <= 43200, if provided.";
inline constexpr char kBadContents[] =
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
    "#xE000 to #xFFFD | #x10000 to #x10FFFF";
inline constexpr char kNotForTypeInBatch[] =
    "The request include parameter that is not valid for this queue type";
inline constexpr char kDelayRange[] = "DelaySeconds must be >= 0 and <= 900.";

std::string Missing(const std::string& parameter);
std::string InvalidValue(const std::string& value, const std::string& parameter,
                         const std::string& reason);
std::string BadId(const std::string& value, const std::string& parameter);
std::string NoHandle(const std::string& handle);
std::string HandleOfOther(const std::string& handle);

// Fields of requests in protobuf's text form.
std::string Url(const std::string& url);
std::string Attribute(const std::string& name, const std::string& value);
std::string Body(const std::string& body);
std::string Group(const std::string& id);
std::string Dedup(const std::string& id);
std::string Delay(int seconds);
std::string Handle(const std::string& handle);
std::string Timeout(int seconds);
// An entry of a batch, and so many entries with ids "1", "2" and so on.
std::string Entry(const std::string& fields);
std::string Entries(int count, const std::string& fields);
std::string Id(const std::string& id);

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_API_REQUEST_FIELDS_H_
