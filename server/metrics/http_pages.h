#ifndef TWINQ_SERVER_METRICS_HTTP_PAGES_H_
#define TWINQ_SERVER_METRICS_HTTP_PAGES_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct mg_connection;
struct mg_context;

namespace twinq::metrics {

// What a GET of a path is answered with.
struct HttpPage {
  int status = 200;
  std::string content_type;
  std::string body;
};

// A small HTTP/1.1 server for pages without arguments: GET and HEAD, one request a connection.
//
// Limits: two requests at a time, kRequestBytesMax each without a body, which is not read; a client
// that is slower than kPatience is cut off. Others wait in line, a few in the program and a few in
// the kernel.
// Thread-safety: the function is called on two threads of the server's own.
class HttpPages {
 public:
  static constexpr int kRequestBytesMax = 8 << 10;
  static constexpr int kPatienceMilliseconds = 2'000;

  // Null: there is no such page. Must not throw.
  using PageOf = std::function<std::unique_ptr<HttpPage>(absl::string_view path)>;

  // Listens on ADDRESS:PORT; port 0 picks a free one. Unavailable if that is not possible.
  static absl::StatusOr<std::unique_ptr<HttpPages>> Start(const std::string& address,
                                                          PageOf page_of);
  // Use Start().
  explicit HttpPages(PageOf page_of) : page_of_(std::move(page_of)) {}
  // Lets requests under way finish; for a client that says nothing that may take kPatience.
  ~HttpPages();
  HttpPages(const HttpPages&) = delete;
  HttpPages& operator=(const HttpPages&) = delete;

  // ADDRESS:PORT with the port that was picked.
  const std::string& address() const { return address_; }

 private:
  static int OnRequest(mg_connection* connection);
  int Answer(mg_connection* connection) const;
  // Has the thread that accepts connections look at whether it is to stop.
  void Wake() const;

  const PageOf page_of_;
  std::string address_;
  int port_ = 0;
  mg_context* context_ = nullptr;
};

}  // namespace twinq::metrics

#endif  // TWINQ_SERVER_METRICS_HTTP_PAGES_H_
