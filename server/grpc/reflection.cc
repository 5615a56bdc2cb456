#include "server/grpc/reflection.h"

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace twinq {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using grpc::reflection::v1::ExtensionRequest;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

const DescriptorPool& Pool() { return *DescriptorPool::generated_pool(); }

void AnswerNotFound(absl::string_view kind, absl::string_view name,
                    ServerReflectionResponse& response) {
  response.mutable_error_response()->set_error_code(static_cast<int>(absl::StatusCode::kNotFound));
  response.mutable_error_response()->set_error_message(
      absl::StrCat("this server knows no ", kind, " ", name));
}

// The file, then all that it imports.
void AnswerFile(const FileDescriptor& file, ServerReflectionResponse& response) {
  std::vector<const FileDescriptor*> files = {&file};
  absl::flat_hash_set<const FileDescriptor*> seen = {&file};
  for (size_t i = 0; i < files.size(); ++i) {
    google::protobuf::FileDescriptorProto proto;
    files[i]->CopyTo(&proto);
    proto.SerializeToString(
        response.mutable_file_descriptor_response()->add_file_descriptor_proto());
    for (int j = 0; j < files[i]->dependency_count(); ++j) {
      if (seen.insert(files[i]->dependency(j)).second) files.push_back(files[i]->dependency(j));
    }
  }
}

void AnswerExtension(const ExtensionRequest& request, ServerReflectionResponse& response) {
  const Descriptor* type = Pool().FindMessageTypeByName(request.containing_type());
  if (type == nullptr) return AnswerNotFound("message", request.containing_type(), response);
  const FieldDescriptor* field = Pool().FindExtensionByNumber(type, request.extension_number());
  if (field != nullptr) return AnswerFile(*field->file(), response);
  AnswerNotFound("extension", absl::StrCat(request.extension_number(), " of ", type->full_name()),
                 response);
}

void AnswerExtensionNumbers(const std::string& name, ServerReflectionResponse& response) {
  const Descriptor* type = Pool().FindMessageTypeByName(name);
  if (type == nullptr) return AnswerNotFound("message", name, response);
  auto& answer = *response.mutable_all_extension_numbers_response();
  answer.set_base_type_name(name);
  std::vector<const FieldDescriptor*> extensions;
  Pool().FindAllExtensions(type, &extensions);
  for (const FieldDescriptor* extension : extensions) {
    answer.add_extension_number(extension->number());
  }
}

void AnswerServices(const std::vector<std::string>& services, ServerReflectionResponse& response) {
  for (const std::string& service : services) {
    response.mutable_list_services_response()->add_service()->set_name(service);
  }
}

}  // namespace

Reflection::Reflection(const std::vector<std::string>& services, Stream& stream)
    : services_(services), stream_(stream) {
  stream_.Read(request_);
}

void Reflection::OnRequest() {
  ServerReflectionResponse response;
  response.set_valid_host(request_.host());
  *response.mutable_original_request() = request_;
  switch (request_.message_request_case()) {
    case ServerReflectionRequest::kFileByFilename: {
      const std::string& name = request_.file_by_filename();
      const FileDescriptor* file = Pool().FindFileByName(name);
      file != nullptr ? AnswerFile(*file, response) : AnswerNotFound("file", name, response);
      break;
    }
    case ServerReflectionRequest::kFileContainingSymbol: {
      const std::string& name = request_.file_containing_symbol();
      const FileDescriptor* file = Pool().FindFileContainingSymbol(name);
      file != nullptr ? AnswerFile(*file, response) : AnswerNotFound("symbol", name, response);
      break;
    }
    case ServerReflectionRequest::kFileContainingExtension:
      AnswerExtension(request_.file_containing_extension(), response);
      break;
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      AnswerExtensionNumbers(request_.all_extension_numbers_of_type(), response);
      break;
    case ServerReflectionRequest::kListServices:
      AnswerServices(services_, response);
      break;
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      response.mutable_error_response()->set_error_code(
          static_cast<int>(absl::StatusCode::kUnimplemented));
      response.mutable_error_response()->set_error_message("this server knows no such request");
      break;
  }
  stream_.Write(response);
}

void Reflection::OnRequestsEnd() { stream_.Finish(absl::OkStatus()); }

void Reflection::OnWritten() { stream_.Read(request_); }

}  // namespace twinq
