# The kinds of target that we have. A folder's CMakeLists.txt is a call of one of them:
#
#   twinq_library(core_queue                       # in core/queue; alias twinq::core_queue
#     SRCS standard_queue.cc fifo_queue.cc         # none: headers only
#     PUBLIC_HEADERS queue.h                       # what users of the installed library include
#     DEPS twinq::core_model absl::status)
#   twinq_program(twinqd SRCS main.cc DEPS …)      # build/<preset>/bin/twinqd
#   twinq_test(core_test SRCS … DEPS …)            # GoogleTest, one ctest test; TSAN: also run
#                                                  # under thread sanitizer
#   twinq_fuzz_test(record_fuzz SRCS … DEPS …      # an LLVMFuzzerTestOneInput(), and the libraries
#     INSTRUMENT twinq_broker                      # whose branches it is to explore; all in the
#     RUNS 10000)                                  # fuzz preset; less than the usual 100,000 runs
#   twinq_benchmark(engine_bench SRCS … DEPS …)    # Google Benchmark, build/<preset>/bin
#
# Headers are included from the repository root: #include "core/queue/queue.h".

include(headers_alone)

set(TWINQ_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  list(APPEND TWINQ_WARNINGS -Wthread-safety)
endif()

function(twinq_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;PUBLIC_HEADERS;DEPS")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  set(scope PUBLIC)
  if(NOT arg_SRCS)
    set(scope INTERFACE)
    add_library(twinq_${name} INTERFACE)
  else()
    add_library(twinq_${name} STATIC ${arg_SRCS})
    twinq_compile_as_ours(twinq_${name})
  endif()
  target_include_directories(twinq_${name} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  target_sources(twinq_${name} ${scope} FILE_SET public_headers TYPE HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_PUBLIC_HEADERS})
  target_link_libraries(twinq_${name} ${scope} ${arg_DEPS})
  add_library(twinq::${name} ALIAS twinq_${name})
  twinq_check_headers_alone("${arg_SRCS}" "${arg_DEPS}")
endfunction()

function(twinq_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;DEPS")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${name} ${arg_SRCS})
  twinq_compile_as_ours(${name})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPS})
  twinq_check_headers_alone("${arg_SRCS}" "${arg_DEPS}")
endfunction()

# One ctest test per program, not per case: starting hundreds of processes costs more than they do.
function(twinq_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "TSAN" "" "SRCS;DEPS")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  twinq_program(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS} GTest::gtest_main GTest::gmock)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  if(arg_TSAN)
    set_tests_properties(${name} PROPERTIES LABELS tsan)
    add_dependencies(tsan_tests ${name})
  endif()
endfunction()

# With libFuzzer where there is the address sanitizer, else with random bytes. Either way the inputs
# in tests/fuzz/corpus, in the folder of the test's name, are run too. What `./dev fuzz` runs for
# longer is all of them: the target fuzz_targets.
function(twinq_fuzz_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNS" "SRCS;DEPS;INSTRUMENT")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT CMAKE_CXX_FLAGS_DEBUG MATCHES "-fsanitize=address")
    twinq_test(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS} twinq_random_inputs)
    return()
  endif()
  twinq_program(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS})
  foreach(target IN LISTS arg_INSTRUMENT)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endforeach()
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_dependencies(fuzz_targets ${name})
  # The same on every run.
  if(NOT arg_RUNS)
    set(arg_RUNS 100000)
  endif()
  add_test(NAME ${name}
    COMMAND ${name} -seed=1 -runs=${arg_RUNS} -max_len=4096 -timeout=10 -verbosity=0)
  add_test(NAME ${name}_corpus
    COMMAND ${name} -runs=0 -timeout=10 -verbosity=0 ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
  set_tests_properties(${name} ${name}_corpus PROPERTIES TIMEOUT 300)
endfunction()

function(twinq_benchmark name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;DEPS")
  twinq_reject_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  twinq_program(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS} benchmark::benchmark_main)
endfunction()

function(twinq_compile_as_ours target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE ${TWINQ_COMPILE_OPTIONS} ${TWINQ_WARNINGS})
endfunction()

function(twinq_reject_unknown name arguments)
  if(arguments)
    message(FATAL_ERROR "${name}: not SRCS, DEPS or an option: ${arguments}")
  endif()
endfunction()

# What the tsan preset builds: Debian's gRPC and Abseil are not instrumented, so only programs
# whose locks and threads are all ours can be judged.
add_custom_target(tsan_tests)

# What the fuzz preset builds.
add_custom_target(fuzz_targets)
