# One interface target carries the warnings and the hardening every library of the project is built with.
add_library(baosong_flags INTERFACE)
target_include_directories(baosong_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(baosong_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough
  -Wformat=2 -Werror=switch-enum -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(baosong_flags INTERFACE -Wduplicated-cond -Wduplicated-branches -Wlogical-op
    -Wno-restrict)  # g++ 12 warns of every "literal" + std::string at -O2 (GCC PR 105651)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12 uses what it deprecates inside std::stable_sort.
  target_compile_options(baosong_flags INTERFACE -Wno-deprecated-declarations)
endif()
if(BAOSONG_WERROR)
  target_compile_options(baosong_flags INTERFACE -Werror)
endif()
target_compile_definitions(baosong_flags INTERFACE _GLIBCXX_ASSERTIONS)
if(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(baosong_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
if(BAOSONG_SANITIZE)
  target_compile_options(baosong_flags INTERFACE -fsanitize=${BAOSONG_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)  # what is undefined ends the program: a line in a log fails no test
  target_link_options(baosong_flags INTERFACE -fsanitize=${BAOSONG_SANITIZE})
endif()
if(BAOSONG_FUZZ)
  # Every library counts its edges: a fuzzer that sees only its own few lines is blind.
  target_compile_options(baosong_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()
add_link_options(-Wl,-z,relro,-z,now)
