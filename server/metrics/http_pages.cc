#include "server/metrics/http_pages.h"

#include <arpa/inet.h>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "civetweb.h"

#include "core/base/check.h"
#include "platform/mutex.h"
#include "platform/thread.h"

namespace twinq::metrics {
namespace {

constexpr absl::Duration kWakeInterval = absl::Milliseconds(10);
constexpr char kPlainText[] = "text/plain; charset=utf-8";

absl::string_view ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    default:
      return "Service Unavailable";
  }
}

void Send(mg_connection* connection, const HttpPage& page, bool with_body) {
  const std::string head = absl::StrCat(
      "HTTP/1.1 ", page.status, " ", ReasonOf(page.status), "\r\nContent-Type: ", page.content_type,
      "\r\nContent-Length: ", page.body.size(), page.status == 405 ? "\r\nAllow: GET, HEAD" : "",
      "\r\nConnection: close\r\n\r\n");
  const std::string answer = with_body ? head + page.body : head;
  // A client that is gone is no concern of ours.
  mg_write(connection, answer.data(), answer.size());
}

// The library would take the numbers modulo 256.
bool IsMisspelt(const std::string& host) {
  in_addr ignored = {};
  return host.find_first_not_of("0123456789.") == std::string::npos &&
         inet_pton(AF_INET, host.c_str(), &ignored) != 1;
}

// The library would write to a file, or to the terminal.
int LogNothing(const mg_connection*, const char*) { return 1; }

}  // namespace

absl::StatusOr<std::unique_ptr<HttpPages>> HttpPages::Start(const std::string& address,
                                                            PageOf page_of) {
  if (IsMisspelt(address.substr(0, address.rfind(':')))) {
    return absl::UnavailableError(absl::StrCat("cannot listen on --metrics=", address));
  }
  mg_init_library(MG_FEATURES_DEFAULT);
  auto pages = std::make_unique<HttpPages>(std::move(page_of));
  mg_callbacks callbacks = {};
  callbacks.begin_request = OnRequest;
  callbacks.log_message = LogNothing;
  callbacks.log_access = LogNothing;
  const std::string request_bytes = absl::StrCat(kRequestBytesMax);
  const std::string patience = absl::StrCat(kPatienceMilliseconds);
  std::array<const char*, 13> options = {"listening_ports",
                                         address.c_str(),
                                         "num_threads",
                                         "2",
                                         "max_request_size",
                                         request_bytes.c_str(),
                                         "enable_keep_alive",
                                         "no",
                                         "request_timeout_ms",
                                         patience.c_str(),
                                         "connection_queue",
                                         "16",
                                         nullptr};
  std::array<char, 256> reason = {};
  mg_error_data error = {};
  error.text = reason.data();
  error.text_buffer_size = reason.size();
  mg_init_data init = {};
  init.callbacks = &callbacks;
  init.user_data = pages.get();
  init.configuration_options = options.data();
  pages->context_ = mg_start2(&init, &error);
  if (pages->context_ == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on --metrics=", address));
  }
  mg_server_port port = {};
  TWINQ_CHECK(mg_get_server_ports(pages->context_, 1, &port) == 1);
  pages->port_ = port.port;
  pages->address_ = absl::StrCat(address.substr(0, address.rfind(':')), ":", port.port);
  return pages;
}

HttpPages::~HttpPages() {
  if (context_ == nullptr) return;
  // The library looks at its order to stop when a connection comes, or else every two seconds.
  platform::Mutex mutex;
  platform::CondVar changed;
  bool has_stopped = false;
  const platform::Thread stopper("metrics-stop", [&] {
    mg_stop(context_);
    const platform::MutexLock lock(mutex);
    has_stopped = true;
    changed.NotifyAll();
  });
  const platform::MutexLock lock(mutex);
  while (!has_stopped) {
    Wake();
    changed.WaitFor(mutex, kWakeInterval);
  }
}

void HttpPages::Wake() const {
  const std::string host = address_.substr(0, address_.rfind(':'));
  std::array<char, 256> reason = {};
  mg_connection* connection =
      mg_connect_client(host.c_str(), port_, 0, reason.data(), reason.size());
  if (connection != nullptr) mg_close_connection(connection);
}

int HttpPages::OnRequest(mg_connection* connection) {
  const void* self = mg_get_user_data(mg_get_context(connection));
  return static_cast<const HttpPages*>(self)->Answer(connection);
}

int HttpPages::Answer(mg_connection* connection) const {
  const mg_request_info& request = *mg_get_request_info(connection);
  const absl::string_view method = request.request_method;
  const bool is_head = method == "HEAD";
  if (!is_head && method != "GET") {
    Send(connection, {.status = 405, .content_type = kPlainText, .body = "GET or HEAD\n"}, true);
    return 405;
  }
  const char* const path = request.local_uri;
  std::unique_ptr<HttpPage> page = page_of_(path == nullptr ? "" : path);
  if (page == nullptr) {
    page = std::make_unique<HttpPage>(
        HttpPage{.status = 404, .content_type = kPlainText, .body = "not found\n"});
  }
  Send(connection, *page, !is_head);
  return page->status;
}

}  // namespace twinq::metrics
