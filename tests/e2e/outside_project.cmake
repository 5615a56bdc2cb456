# A project of somebody else who has installed twinq. The version is given by the test.
cmake_minimum_required(VERSION 3.25)
project(outside LANGUAGES CXX)

find_package(twinq ${TWINQ_VERSION} CONFIG REQUIRED)
add_executable(first_message first_message.cc)
target_link_libraries(first_message PRIVATE twinq::client)
