# What holds for every compilation, of our sources and of generated ones.

# One cache for all clones on the machine: paths in objects are relative to the source folder, so
# the same source gives the same object wherever it lies.
find_program(TWINQ_CCACHE ccache)
if(TWINQ_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${TWINQ_CCACHE})
endif()
set(TWINQ_COMPILE_OPTIONS -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
