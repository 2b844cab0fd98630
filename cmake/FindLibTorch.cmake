# LibTorch as it lies in the PyPI wheel. The wheel's own TorchConfig.cmake insists on CUDA at configure
# time and rewrites CUDA flags; this module only names what the CPU engine needs.
#
# Result: target LibTorch::cpu (headers, libtorch_cpu, libc10). The wheel is searched in
# ${PURLSCOPE_DEPS}/torch-*/torch, then in the Python on PATH (a machine that has torch already).
file(GLOB _torch_candidates LIST_DIRECTORIES true "${PURLSCOPE_DEPS}/torch-*/torch")
find_path(LibTorch_ROOT_DIR NAMES lib/libtorch_cpu.so HINTS ${LIBTORCH_ROOT} ${_torch_candidates} NO_DEFAULT_PATH)
if(NOT LibTorch_ROOT_DIR)
  find_package(Python3 COMPONENTS Interpreter QUIET)
  if(Python3_EXECUTABLE)
    execute_process(COMMAND "${Python3_EXECUTABLE}" -c "import importlib.util as u, os; print(os.path.dirname(u.find_spec('torch').origin))"
                    OUTPUT_VARIABLE _torch_python OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    find_path(LibTorch_ROOT_DIR NAMES lib/libtorch_cpu.so HINTS "${_torch_python}" NO_DEFAULT_PATH)
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch REQUIRED_VARS LibTorch_ROOT_DIR
  REASON_FAILURE_MESSAGE "no LibTorch in ${PURLSCOPE_DEPS}: run ./run.sh --setup-only, or set -DLIBTORCH_ROOT=<folder of the torch wheel>")

if(LibTorch_FOUND AND NOT TARGET LibTorch::cpu)
  add_library(LibTorch::c10 SHARED IMPORTED)
  set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION "${LibTorch_ROOT_DIR}/lib/libc10.so")
  add_library(LibTorch::cpu SHARED IMPORTED)
  set_target_properties(LibTorch::cpu PROPERTIES
    IMPORTED_LOCATION "${LibTorch_ROOT_DIR}/lib/libtorch_cpu.so"
    INTERFACE_INCLUDE_DIRECTORIES "${LibTorch_ROOT_DIR}/include;${LibTorch_ROOT_DIR}/include/torch/csrc/api/include"
    INTERFACE_LINK_LIBRARIES LibTorch::c10)
endif()

if(LibTorch_FOUND)
  # libtorch_cpu.so itself needs libcudart and libcupti, which lie beside it in the wheel set.
  get_filename_component(_torch_site "${LibTorch_ROOT_DIR}" DIRECTORY)
  set(LibTorch_RUNTIME_DIRS "${LibTorch_ROOT_DIR}/lib")
  foreach(_dir "${_torch_site}/nvidia/cu13/lib")
    if(IS_DIRECTORY "${_dir}")
      list(APPEND LibTorch_RUNTIME_DIRS "${_dir}")
    endif()
  endforeach()
endif()
