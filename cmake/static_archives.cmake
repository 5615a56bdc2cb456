# Links gRPC, upb and Abseil from their static archives (Protobuf by its own switch): a server
# then starts in half the time and with less memory. Our targets name the packages' own targets
# (gRPC::grpc++, absl::status); here, and so in our build only, those are pointed at the `.a`
# beside the `.so`. An installed client library finds the ordinary shared ones.
get_property(imported_targets DIRECTORY PROPERTY IMPORTED_TARGETS)
foreach(target IN LISTS imported_targets)
  get_target_property(type ${target} TYPE)
  if(NOT target MATCHES "^(gRPC|absl)::" OR NOT type STREQUAL "SHARED_LIBRARY")
    continue()
  endif()
  get_target_property(shared ${target} LOCATION)
  string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive ${shared})
  if(NOT EXISTS ${archive})
    message(FATAL_ERROR "${target}: no ${archive} beside ${shared}")
  endif()
  set_target_properties(${target} PROPERTIES
    IMPORTED_CONFIGURATIONS NONE IMPORTED_LOCATION_NONE ${archive} IMPORTED_SONAME_NONE "")
endforeach()

# Missing in the package's description of itself.
target_link_libraries(gRPC::address_sorting INTERFACE gRPC::gpr)
