#include "client/load/engine/send_window.h"

namespace twinq::load {

SendWindow::Entry SendWindow::Enter() {
  platform::MutexLock lock(mutex_);
  while (places_ == 0 && !is_closed_) changed_.Wait(mutex_);
  if (is_closed_) return Entry::kClosed;
  --places_;
  return Entry::kOpen;
}

void SendWindow::Leave() {
  platform::MutexLock lock(mutex_);
  ++places_;
  changed_.NotifyOne();
}

void SendWindow::Close() {
  platform::MutexLock lock(mutex_);
  is_closed_ = true;
  changed_.NotifyAll();
}

}  // namespace twinq::load
