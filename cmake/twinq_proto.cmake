# Generated code, in targets of its own and without our warnings:
#
#   twinq_proto(proto SRCS twinq/v1/queue.proto)   # in proto/
#
# makes twinq::proto (messages) and twinq::proto_grpc (service stubs, with the messages).
# Included from the repository root: #include "proto/twinq/v1/queue.pb.h".

function(twinq_proto name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  set(generated ${PROJECT_BINARY_DIR}/generated)
  foreach(source IN LISTS arg_SRCS)
    set(proto ${CMAKE_CURRENT_SOURCE_DIR}/${source})
    cmake_path(RELATIVE_PATH proto BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE path)
    cmake_path(REMOVE_EXTENSION path LAST_ONLY)
    set(stem ${generated}/${path})
    add_custom_command(
      OUTPUT ${stem}.pb.cc ${stem}.pb.h ${stem}.grpc.pb.cc ${stem}.grpc.pb.h
      COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}
      COMMAND protobuf::protoc --proto_path=${PROJECT_SOURCE_DIR}
              --cpp_out=${generated} --grpc_out=${generated}
              --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin> ${proto}
      DEPENDS ${proto}
      COMMENT "Generating ${path}.pb.h and .grpc.pb.h"
      VERBATIM)
    list(APPEND messages ${stem}.pb.cc ${stem}.pb.h)
    list(APPEND services ${stem}.grpc.pb.cc ${stem}.grpc.pb.h)
  endforeach()
  twinq_generated_library(${name} "${messages}" protobuf::libprotobuf)
  twinq_generated_library(${name}_grpc "${services}" "twinq::${name};gRPC::grpc++")
endfunction()

function(twinq_generated_library name sources dependencies)
  add_library(twinq_${name} STATIC ${sources})
  target_compile_features(twinq_${name} PRIVATE cxx_std_20)
  target_compile_options(twinq_${name} PRIVATE ${TWINQ_COMPILE_OPTIONS})
  target_include_directories(twinq_${name} SYSTEM PUBLIC
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>)
  target_link_libraries(twinq_${name} PUBLIC ${dependencies})
  add_library(twinq::${name} ALIAS twinq_${name})
endfunction()
