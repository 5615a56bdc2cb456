# What `cmake --install` puts under its prefix: the programs, with man page and completions, and the
# client library as a package for find_package(twinq): its target is twinq::client.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Puts a library of ours into the package, with those of ours that it is linked from. Headers keep
# their paths, in a folder of their own: #include "client/lib/queue_client.h" here and there.
function(twinq_install_library target)
  get_target_property(real ${target} ALIASED_TARGET)
  get_property(installed GLOBAL PROPERTY TWINQ_INSTALLED)
  if(real IN_LIST installed)
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY TWINQ_INSTALLED ${real})
  get_target_property(exported ${real} EXPORT_NAME)
  if(NOT exported)
    string(REPLACE "twinq_" "" exported ${real})
    set_target_properties(${real} PROPERTIES EXPORT_NAME ${exported})
  endif()
  set(headers)
  get_target_property(header_sets ${real} INTERFACE_HEADER_SETS)
  if(header_sets)
    set(headers FILE_SET public_headers DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/twinq)
  endif()
  install(TARGETS ${real} EXPORT twinq ARCHIVE ${headers})
  get_target_property(used ${real} INTERFACE_LINK_LIBRARIES)
  foreach(library IN LISTS used)
    if(library MATCHES "^twinq::")
      twinq_install_library(${library})
    endif()
  endforeach()
endfunction()

install(TARGETS twinqd twinq twinq-load)
install(FILES README.md LICENSE TYPE DOC)

# Printed by the tool itself when it is built. twinq_page(FILE FOLDER ARGUMENT...): the output of
# `twinq ARGUMENT...` is installed as share/FOLDER/FILE.
function(twinq_page file folder)
  set(page ${PROJECT_BINARY_DIR}/share/${folder}/${file})
  cmake_path(GET page PARENT_PATH parent)
  file(MAKE_DIRECTORY ${parent})
  add_custom_command(OUTPUT ${page} COMMAND twinq ${ARGN} > ${page} DEPENDS twinq VERBATIM)
  set_property(GLOBAL APPEND PROPERTY TWINQ_PAGES ${page})
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
endfunction()

twinq_page(twinq.1 man/man1 man)
twinq_page(twinq bash-completion/completions completion bash)
twinq_page(_twinq zsh/site-functions completion zsh)
twinq_page(twinq.fish fish/vendor_completions.d completion fish)
get_property(pages GLOBAL PROPERTY TWINQ_PAGES)
add_custom_target(pages ALL DEPENDS ${pages})

set_target_properties(twinq_client_lib PROPERTIES EXPORT_NAME client)
target_compile_features(twinq_client_lib INTERFACE cxx_std_20)
twinq_install_library(twinq::client_lib)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/twinq)
install(EXPORT twinq NAMESPACE twinq:: FILE twinqTargets.cmake DESTINATION ${package})
configure_package_config_file(cmake/twinqConfig.cmake.in
  ${PROJECT_BINARY_DIR}/package/twinqConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/twinqConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/twinqConfig.cmake
  ${PROJECT_BINARY_DIR}/package/twinqConfigVersion.cmake DESTINATION ${package})
