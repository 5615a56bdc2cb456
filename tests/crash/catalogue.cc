#include "tests/crash/catalogue.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace twinq::crash {

void Catalogue::Changing(const std::string& name) { Set(name, State::kChanging); }

void Catalogue::Made(const std::string& name) { Set(name, State::kThere); }

void Catalogue::Deleted(const std::string& name) { Set(name, State::kGone); }

std::vector<std::string> Catalogue::FaultsOf(const std::vector<std::string>& names) const {
  const std::set<std::string> there(names.begin(), names.end());
  std::vector<std::string> faults;
  const platform::MutexLock lock(mutex_);
  for (const auto& [name, state] : states_) {
    if (state == State::kThere && there.count(name) == 0) {
      faults.push_back(absl::StrCat("queue ", name, " was acknowledged, and is not there"));
    }
    if (state == State::kGone && there.count(name) > 0) {
      faults.push_back(absl::StrCat("queue ", name, " was deleted, and is there again"));
    }
  }
  for (const std::string& name : there) {
    if (states_.count(name) == 0) {
      faults.push_back(absl::StrCat("queue ", name, " is there, and nobody made it"));
    }
  }
  return faults;
}

void Catalogue::Set(const std::string& name, State state) {
  const platform::MutexLock lock(mutex_);
  states_[name] = state;
}

}  // namespace twinq::crash
