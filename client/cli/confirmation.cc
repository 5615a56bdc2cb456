#include "client/cli/confirmation.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace twinq::cli {

bool Confirm(const Session& session, const std::string& question) {
  if (!session.asks) return true;
  absl::FPrintF(session.error, "%s [y/N] ", question);
  std::fflush(session.error);
  std::array<char, 64> line{};
  if (std::fgets(line.data(), static_cast<int>(line.size()), session.in) == nullptr) return false;
  const std::string text(line.data());
  const std::string answer = absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  return answer == "y" || answer == "yes";
}

}  // namespace twinq::cli
