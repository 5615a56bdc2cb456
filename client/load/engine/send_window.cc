#include "client/load/engine/send_window.h"

#include <algorithm>

namespace twinq::load {

SendWindow::Entry SendWindow::Enter(int places) {
  platform::MutexLock lock(mutex_);
  while (places_ < std::min(places, places_max_) && !is_closed_) changed_.Wait(mutex_);
  if (is_closed_) return Entry::kClosed;
  places_ -= places;
  return Entry::kOpen;
}

void SendWindow::Leave(int places) {
  platform::MutexLock lock(mutex_);
  places_ += places;
  changed_.NotifyAll();
}

void SendWindow::Close() {
  platform::MutexLock lock(mutex_);
  is_closed_ = true;
  changed_.NotifyAll();
}

}  // namespace twinq::load
