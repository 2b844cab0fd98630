# Options, compiler settings and output places shared by every target.
include(GNUInstallDirs)
include(CTest)

option(PURLSCOPE_ENGINE_ONLY "Build core's engine parts and models alone (bare CUDA machine: no Qt, GL, OpenCV)" OFF)
option(PURLSCOPE_FUZZ "Build core and its fuzz targets alone (Clang)" OFF)
option(PURLSCOPE_WERROR "Treat warnings as errors" OFF)
option(PURLSCOPE_COVERAGE "Instrument for coverage" OFF)
set(PURLSCOPE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
set(PURLSCOPE_HEADERS "" CACHE PATH "Extra folder of headers for the engine-only build")

if(DEFINED ENV{XDG_DATA_HOME} AND NOT "$ENV{XDG_DATA_HOME}" STREQUAL "")
  set(_purlscope_data "$ENV{XDG_DATA_HOME}")
else()
  set(_purlscope_data "$ENV{HOME}/.local/share")
endif()
set(PURLSCOPE_DEPS "${_purlscope_data}/purlscope/deps" CACHE PATH "Folder of the pinned PyPI parts that run.sh installs")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# One tree in the build folder as in an installation: bin, lib/purlscope, share/purlscope.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(PURLSCOPE_LIB_DIR "${CMAKE_BINARY_DIR}/lib/purlscope")
set(PURLSCOPE_INSTALL_LIB "lib/purlscope")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PURLSCOPE_LIB_DIR}")
# The build tree is laid out as an installation, so both take the same path to their libraries. (CMake would pad the
# build's own with empty entries, which the loader reads as the current folder.)
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib/purlscope;$ORIGIN")
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/share")
file(CREATE_LINK "${CMAKE_SOURCE_DIR}/resources" "${CMAKE_BINARY_DIR}/share/purlscope" SYMBOLIC)
install(DIRECTORY resources/ DESTINATION share/purlscope)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Another clone of the repository finds the same entries: paths count from the repository. Debug information names
  # folders, so builds with it keep their own.
  set(_ccache CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}")
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    list(APPEND _ccache CCACHE_NOHASHDIR=1)
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env ${_ccache} "${CCACHE_PROGRAM}")
  set(CMAKE_CUDA_COMPILER_LAUNCHER "${CMAKE_CXX_COMPILER_LAUNCHER}")
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings and instruments are the C++ compiler's; nvcc, where it is used, knows none of them.
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor>")
if(PURLSCOPE_WERROR AND NOT PURLSCOPE_FUZZ)  # GCC's warnings are the measure; Clang has others
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Werror>")
endif()
if(PURLSCOPE_SANITIZE)
  # GCC's analysis of uninitialised values is wrong about instrumented standard headers.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${PURLSCOPE_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=all>"
                      $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=${PURLSCOPE_SANITIZE})
endif()
if(PURLSCOPE_COVERAGE)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:--coverage>")
  add_link_options(--coverage)
endif()
add_compile_definitions(QT_NO_KEYWORDS)
include_directories("${CMAKE_SOURCE_DIR}")
if(PURLSCOPE_HEADERS)
  include_directories(SYSTEM "${PURLSCOPE_HEADERS}")
endif()
