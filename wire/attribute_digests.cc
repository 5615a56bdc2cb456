#include "wire/attribute_digests.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include <openssl/evp.h>

#include "core/base/check.h"

namespace twinq::wire {
namespace {

// One digest after the other on one thread: fetching the algorithm costs more than a short digest.
class Md5 {
 public:
  Md5() : algorithm_(EVP_MD_fetch(nullptr, "MD5", nullptr)), context_(EVP_MD_CTX_new()) {
    TWINQ_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }
  ~Md5() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(algorithm_);
  }
  Md5(const Md5&) = delete;
  Md5& operator=(const Md5&) = delete;

  static Md5& OfThisThread() {
    thread_local Md5 md5;
    return md5;
  }

  void Begin() { TWINQ_CHECK(EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1); }
  void Add(absl::string_view bytes) {
    TWINQ_CHECK(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
  }
  // A text behind its length as four bytes, the greatest first.
  void AddText(absl::string_view text) {
    std::array<char, 4> length;
    for (size_t i = 0; i < length.size(); ++i) {
      length[i] = static_cast<char>(text.size() >> (8 * (length.size() - 1 - i)));
    }
    Add({length.data(), length.size()});
    Add(text);
  }
  std::string End() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    TWINQ_CHECK(EVP_DigestFinal_ex(context_, digest.data(), &size) == 1);
    return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), size});
  }

 private:
  EVP_MD* const algorithm_;
  EVP_MD_CTX* const context_;
};

}  // namespace

std::string Md5Of(absl::string_view bytes) {
  Md5& md5 = Md5::OfThisThread();
  md5.Begin();
  md5.Add(bytes);
  return md5.End();
}

std::string Md5Of(const AttributeMap& attributes) {
  constexpr absl::string_view kText("\x01", 1);
  constexpr absl::string_view kBytes("\x02", 1);
  std::vector<const AttributeMap::value_type*> by_name;
  for (const auto& attribute : attributes) by_name.push_back(&attribute);
  std::sort(by_name.begin(), by_name.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  Md5& md5 = Md5::OfThisThread();
  md5.Begin();
  for (const auto* attribute : by_name) {
    const auto& [name, value] = *attribute;
    const bool is_binary = absl::StartsWith(value.data_type(), "Binary");
    md5.AddText(name);
    md5.AddText(value.data_type());
    md5.Add(is_binary ? kBytes : kText);
    md5.AddText(is_binary ? value.binary_value() : value.string_value());
  }
  return md5.End();
}

}  // namespace twinq::wire
