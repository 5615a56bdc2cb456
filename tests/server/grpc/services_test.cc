// Health and reflection over a real channel, from a client's side.

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/api.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"

#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "proto/grpc/reflection/v1/reflection.grpc.pb.h"
#include "proto/grpc/reflection/v1alpha/reflection.grpc.pb.h"

#include "broker/command_sink.h"
#include "core/base/check.h"
#include "platform/thread.h"
#include "server/grpc/grpc_server.h"

namespace twinq {
namespace {

enum class Backend { kReady, kStarting };

// A gRPC front end on a free port, before a shard that takes no commands, and a channel to it.
class IdleServer {
 public:
  explicit IdleServer(Backend backend = Backend::kReady);

  // REQUIRES: not shut down.
  GrpcServer& server() { return *server_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // By default gives calls in progress an hour, which no test has.
  void Shutdown(absl::Duration grace = absl::Hours(1)) { server_->Shutdown(grace); }

 private:
  class ClosedSink : public CommandSink {
   public:
    absl::Status Submit(PendingCommand&) override { return absl::UnavailableError("closed"); }
    void Cancel(PendingCommand&) override {}
    std::shared_ptr<const Directory> directory() const override {
      return std::make_shared<Directory>();
    }
  };

  ClosedSink sink_;
  api::Backend backend_{sink_};
  std::unique_ptr<GrpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

IdleServer::IdleServer(Backend backend) {
  if (backend == Backend::kReady) backend_.Open(ReceiptKey{});
  absl::StatusOr<std::unique_ptr<GrpcServer>> server =
      GrpcServer::Start({.address = "127.0.0.1:0", .threads = 1}, backend_);
  TWINQ_CHECK(server.ok());
  server_ = *std::move(server);
  // Channels of one process to one address share a connection unless they have their own pool.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ =
      grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), arguments);
}

// Sends raw bytes to a method that answers once; the status of the call.
grpc::Status CallWithBytes(grpc::ChannelInterface& channel, const std::string& path,
                           const std::string& bytes) {
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  return grpc::internal::BlockingUnaryCall(
      &channel, grpc::internal::RpcMethod(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC),
      &context, request, &response);
}

// Health.

using grpc::StatusCode;
using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kQueueService[] = "twinq.v1.QueueService";

HealthCheckRequest RequestFor(const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  return request;
}

// A watch that is open until it is cancelled or destroyed.
class Watch {
 public:
  Watch(Health::Stub& stub, const std::string& service)
      : reader_(stub.Watch(&context_, RequestFor(service))) {}
  ~Watch() { Cancel(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // The next status; UNKNOWN, which the server never sends, when the call is over.
  HealthCheckResponse::ServingStatus Next() {
    HealthCheckResponse response;
    return reader_->Read(&response) ? response.status() : HealthCheckResponse::UNKNOWN;
  }
  // REQUIRES: Next() has found the call over.
  StatusCode Finish() { return std::exchange(reader_, nullptr)->Finish().error_code(); }
  void Cancel() {
    if (reader_ == nullptr) return;
    context_.TryCancel();
    while (Next() != HealthCheckResponse::UNKNOWN) {
    }
    Finish();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader_;
};

class HealthServiceTest : public ::testing::Test {
 public:
  grpc::Status Check(const std::string& service) {
    grpc::ClientContext context;
    response.Clear();
    return stub->Check(&context, RequestFor(service), &response);
  }

  IdleServer server;
  std::unique_ptr<Health::Stub> stub = Health::NewStub(server.channel());
  HealthCheckResponse response;
};

TEST_F(HealthServiceTest, TheServerAndItsServiceAreServing) {
  for (const char* service : {"", kQueueService}) {
    EXPECT_TRUE(Check(service).ok()) << service;
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING) << service;
  }
}

TEST(StartingServerTest, IsNotServingUntilItIsReady) {
  IdleServer server(Backend::kStarting);
  const std::unique_ptr<Health::Stub> stub = Health::NewStub(server.channel());
  Watch watch(*stub, kQueueService);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);

  server.server().SetServing();
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  server.server().SetNotServing();

  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
}

TEST(StartingServerTest, RefusesCallsAsUnavailable) {
  IdleServer server(Backend::kStarting);

  const grpc::Status status =
      CallWithBytes(*server.channel(), "/twinq.v1.QueueService/ListQueues", "");

  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("starting"));
}

TEST_F(HealthServiceTest, AnUnknownServiceIsNotFound) {
  EXPECT_EQ(Check("twinq.v1.QueueServices").error_code(), StatusCode::NOT_FOUND);
}

TEST_F(HealthServiceTest, ChecksAreStillAnsweredWhenNotServing) {
  server.server().SetNotServing();

  for (const char* service : {"", kQueueService}) {
    EXPECT_TRUE(Check(service).ok()) << service;
    EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING) << service;
  }
}

TEST_F(HealthServiceTest, BytesThatAreNoRequestAreRefused) {
  EXPECT_EQ(CallWithBytes(*server.channel(), "/grpc.health.v1.Health/Check", "\xff").error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(Check("").ok());
}

TEST_F(HealthServiceTest, AMethodThatIsNotThereIsUnimplemented) {
  EXPECT_EQ(CallWithBytes(*server.channel(), "/grpc.health.v1.Health/List", "").error_code(),
            StatusCode::UNIMPLEMENTED);
}

TEST_F(HealthServiceTest, EveryWatchGetsTheStatusAndItsChange) {
  Watch of_server(*stub, "");
  Watch of_service(*stub, kQueueService);
  EXPECT_EQ(of_server.Next(), HealthCheckResponse::SERVING);
  EXPECT_EQ(of_service.Next(), HealthCheckResponse::SERVING);

  server.server().SetNotServing();

  EXPECT_EQ(of_server.Next(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(of_service.Next(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceTest, AWatchThatBeginsLateGetsTheStatusOfThen) {
  server.server().SetNotServing();

  EXPECT_EQ(Watch(*stub, "").Next(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceTest, AWatchOfAnUnknownServiceIsToldSoAndGoesOn) {
  Watch watch(*stub, "unknown");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVICE_UNKNOWN);

  server.server().SetNotServing();  // No change of what is not there.
  server.Shutdown();

  EXPECT_EQ(watch.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(watch.Finish(), StatusCode::UNAVAILABLE);
}

TEST_F(HealthServiceTest, ShutdownEndsWatchesWithoutWaitingForThem) {
  std::deque<Watch> watches;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(watches.emplace_back(*stub, "").Next(), HealthCheckResponse::SERVING);
  }

  server.Shutdown();

  for (Watch& watch : watches) {
    EXPECT_EQ(watch.Next(), HealthCheckResponse::UNKNOWN);
    EXPECT_EQ(watch.Finish(), StatusCode::UNAVAILABLE);
  }
}

// As many as may be open at a time, and that twice.
TEST_F(HealthServiceTest, WatchesThatAreOverMakeRoomForOthers) {
  for (int i = 0; i < 2'000; ++i) {
    ASSERT_EQ(Watch(*stub, "").Next(), HealthCheckResponse::SERVING) << i;
  }
}

TEST_F(HealthServiceTest, TooManyOpenWatchesAreRefusedAndChecksAreNot) {
  std::deque<Watch> watches;
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_EQ(watches.emplace_back(*stub, "").Next(), HealthCheckResponse::SERVING) << i;
  }

  Watch one_more(*stub, "");

  EXPECT_EQ(one_more.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(one_more.Finish(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Check("").ok());
}

// Each round the server ends somewhere else in what its clients are doing. The grace is short
// because gRPC 1.51 now and then loses a call that arrives just then, and cancels it only when the
// grace is over.
TEST(HealthServiceShutdownTest, EndsAtAnyMoment) {
  for (int round = 0; round < 30; ++round) {
    IdleServer server;
    const auto call_until_refused = [&server] {
      const std::unique_ptr<Health::Stub> stub = Health::NewStub(server.channel());
      for (bool is_up = true; is_up;) {
        Watch watch(*stub, "");
        grpc::ClientContext context;
        HealthCheckResponse response;
        is_up = watch.Next() != HealthCheckResponse::UNKNOWN &&
                stub->Check(&context, HealthCheckRequest(), &response).ok();
      }
    };
    const platform::Thread first("client", call_until_refused);
    const platform::Thread second("client", call_until_refused);
    Watch watch(*Health::NewStub(server.channel()), "");
    EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
    if (round % 2 == 0) server.server().SetNotServing();

    server.Shutdown(absl::Milliseconds(100));
  }
}

// Reflection, under both of its names.

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct V1 {
  using Service = grpc::reflection::v1::ServerReflection;
  using Request = grpc::reflection::v1::ServerReflectionRequest;
  using Response = grpc::reflection::v1::ServerReflectionResponse;
};
struct V1Alpha {
  using Service = grpc::reflection::v1alpha::ServerReflection;
  using Request = grpc::reflection::v1alpha::ServerReflectionRequest;
  using Response = grpc::reflection::v1alpha::ServerReflectionResponse;
};

template <typename Version>
class ReflectionServiceTest : public ::testing::Test {
 public:
  using Request = typename Version::Request;
  using Response = typename Version::Response;

  ~ReflectionServiceTest() override {
    if (stream == nullptr) return;
    EXPECT_TRUE(stream->WritesDone());
    EXPECT_TRUE(stream->Finish().ok());
  }

  Response Ask(const Request& request) {
    Response response;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.original_request().SerializeAsString(), request.SerializeAsString());
    return response;
  }
  Response AskForSymbol(const std::string& name) {
    Request request;
    request.set_file_containing_symbol(name);
    return Ask(request);
  }
  std::vector<std::string> Services() {
    Request request;
    request.set_list_services("*");
    const Response response = Ask(request);
    std::vector<std::string> names;
    for (const auto& service : response.list_services_response().service()) {
      names.push_back(service.name());
    }
    return names;
  }

  static std::vector<google::protobuf::FileDescriptorProto> FilesOf(const Response& response) {
    std::vector<google::protobuf::FileDescriptorProto> files;
    for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
      EXPECT_TRUE(files.emplace_back().ParseFromString(bytes));
    }
    return files;
  }

  IdleServer server;
  std::unique_ptr<typename Version::Service::Stub> stub =
      Version::Service::NewStub(server.channel());
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream =
      stub->ServerReflectionInfo(&context);
};

using Versions = ::testing::Types<V1, V1Alpha>;
TYPED_TEST_SUITE(ReflectionServiceTest, Versions);

TYPED_TEST(ReflectionServiceTest, ListsTheServicesThatAreServed) {
  EXPECT_THAT(this->Services(),
              UnorderedElementsAre("twinq.v1.QueueService", "twinq.v1.AdminService",
                                   "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                                   "grpc.reflection.v1alpha.ServerReflection"));
}

TYPED_TEST(ReflectionServiceTest, EachServiceIsDescribedInFull) {
  for (const std::string& name : this->Services()) {
    const auto files = this->FilesOf(this->AskForSymbol(name));
    google::protobuf::DescriptorPool pool;
    for (auto file = files.rbegin(); file != files.rend(); ++file) pool.BuildFile(*file);
    EXPECT_NE(pool.FindServiceByName(name), nullptr) << name;
  }
}

TYPED_TEST(ReflectionServiceTest, FindsAFileByItsNameAndByWhateverItDeclares) {
  typename TypeParam::Request request;
  request.set_file_by_filename("proto/twinq/v1/queue.proto");
  const auto by_name = this->Ask(request).file_descriptor_response();

  EXPECT_EQ(by_name.file_descriptor_proto_size(), 1);
  for (const char* symbol : {"twinq.v1.QueueService.SendMessage", "twinq.v1.SendMessageRequest",
                             "twinq.v1.Message.body"}) {
    EXPECT_EQ(this->AskForSymbol(symbol).file_descriptor_response().SerializeAsString(),
              by_name.SerializeAsString())
        << symbol;
  }
}

// Api imports type and source_context, type imports any and source_context.
TYPED_TEST(ReflectionServiceTest, AFileComesWithAllThatItImportsOnce) {
  std::vector<std::string> names;
  for (const auto& file :
       this->FilesOf(this->AskForSymbol(google::protobuf::Api::descriptor()->full_name()))) {
    names.push_back(file.name());
  }

  EXPECT_THAT(names,
              ElementsAre("google/protobuf/api.proto", "google/protobuf/source_context.proto",
                          "google/protobuf/type.proto", "google/protobuf/any.proto"));
}

TYPED_TEST(ReflectionServiceTest, WhatIsNotThereIsNotFoundAndTheCallGoesOn) {
  std::vector<typename TypeParam::Request> requests(5);
  requests[0].set_file_by_filename("queue.proto");
  requests[1].set_file_containing_symbol("twinq.v1.Nothing");
  requests[2].set_all_extension_numbers_of_type("twinq.v1.Nothing");
  requests[3].mutable_file_containing_extension()->set_containing_type("twinq.v1.Nothing");
  requests[4].mutable_file_containing_extension()->set_containing_type("twinq.v1.Message");
  requests[4].mutable_file_containing_extension()->set_extension_number(100);

  for (const auto& request : requests) {
    EXPECT_EQ(this->Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND)
        << request.ShortDebugString();
  }
}

TYPED_TEST(ReflectionServiceTest, AMessageWithoutExtensionsHasNoNumbers) {
  typename TypeParam::Request request;
  request.set_all_extension_numbers_of_type("twinq.v1.Message");

  const auto numbers = this->Ask(request).all_extension_numbers_response();

  EXPECT_EQ(numbers.base_type_name(), "twinq.v1.Message");
  EXPECT_THAT(numbers.extension_number(), IsEmpty());
}

TYPED_TEST(ReflectionServiceTest, ARequestOfNoKnownKindIsUnimplemented) {
  typename TypeParam::Request request;
  request.set_host("example.org");

  const auto response = this->Ask(request);

  EXPECT_EQ(response.valid_host(), "example.org");
  EXPECT_EQ(response.error_response().error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TYPED_TEST(ReflectionServiceTest, ShutdownEndsACallThatIsOpen) {
  this->Services();

  this->server.Shutdown();

  typename TypeParam::Response response;
  EXPECT_FALSE(this->stream->Read(&response));
  EXPECT_EQ(this->stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  this->stream.reset();
}

}  // namespace
}  // namespace twinq
