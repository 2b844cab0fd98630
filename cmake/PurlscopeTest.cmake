# purlscope_test(NAME SOURCES a.cpp b.cpp LIBS lib... [PREFIX command...] [TIMEOUT s])
#
# One GoogleTest binary a folder. The CTest label of a test follows from the end of its suite's name:
# ...Data -> data, ...Golden -> golden, ...Gui -> gui, ...Gl -> gl, ...Slow -> slow, ...Gpu -> gpu, all others -> unit.
find_package(GTest REQUIRED)
include(GoogleTest)

set(_purlscope_labels Data Golden Gui Gl Slow Gpu)

function(purlscope_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;PREFIX" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(_places "${CMAKE_SOURCE_DIR}/tests/support/source_dir.cpp")
  set_source_files_properties("${_places}" PROPERTIES COMPILE_DEFINITIONS PURLSCOPE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_executable(${name} ${ARG_SOURCES} "${_places}")
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest GTest::gmock GTest::gtest_main)
  if(ARG_PREFIX)
    set_target_properties(${name} PROPERTIES CROSSCOMPILING_EMULATOR "${ARG_PREFIX}")
  endif()
  set(_others "")
  foreach(_label ${_purlscope_labels})
    string(TOLOWER ${_label} _lower)
    gtest_discover_tests(${name} TEST_FILTER "*${_label}.*" DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
      TEST_SUFFIX "" PROPERTIES LABELS ${_lower} TIMEOUT ${ARG_TIMEOUT})
    list(APPEND _others "*${_label}.*")
  endforeach()
  list(JOIN _others ":" _others)
  gtest_discover_tests(${name} TEST_FILTER "-${_others}" DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS unit TIMEOUT ${ARG_TIMEOUT})
endfunction()
