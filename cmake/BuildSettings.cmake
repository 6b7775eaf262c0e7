# How everything is compiled: language, warnings, unity, linker, output folders.

option(ONDO_TESTS "Build the tests" ON)
option(ONDO_FUZZ "Build the fuzz targets (needs clang)" OFF)
option(ONDO_WERROR "Treat warnings as errors" ON)
set(ONDO_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_AUTOUIC OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT DEFINED CMAKE_UNITY_BUILD)
    set(CMAKE_UNITY_BUILD ON)
endif()
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)   # half of a file's compile time is reading headers

# What a result passes through asks for more itself (HOT, see Verbs.cmake): elsewhere it costs build time and gains nothing.
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -g1 -DNDEBUG") # -g1: line numbers
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    string(APPEND CMAKE_CXX_FLAGS " --param=ggc-min-heapsize=1000000")   # KiB: a fifth of a large file's time was spent on tidying up memory
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(ONDO_CONNECTOR_DIR "${CMAKE_BINARY_DIR}/lib/ondograph/connectors")

include(GNUInstallDirs)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR};$ORIGIN/../..;$ORIGIN")

# Without these words ccache leaves alone what uses precompiled headers.
find_program(ONDO_CCACHE ccache)
if(ONDO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros" "${ONDO_CCACHE}")
endif()

# g++ 12 warns wrongly of "text" + std::to_string(n) and of strings that it has inlined (gcc bug 105651).
add_library(ondo_flags INTERFACE)
target_compile_options(ondo_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wno-missing-field-initializers
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds> $<$<BOOL:${ONDO_WERROR}>:-Werror>)
target_compile_definitions(ondo_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_USE_QSTRINGBUILDER QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

find_program(ONDO_LLD ld.lld)
if(ONDO_LLD)
    target_link_options(ondo_flags INTERFACE -fuse-ld=lld)
endif()

if(ONDO_SANITIZE)
    target_compile_options(ondo_flags INTERFACE -fsanitize=${ONDO_SANITIZE} -fno-omit-frame-pointer -O1)
    target_link_options(ondo_flags INTERFACE -fsanitize=${ONDO_SANITIZE})
    # g++ 12 warns wrongly of std::regex once a sanitizer has changed the code.
    target_compile_options(ondo_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    if(ONDO_SANITIZE MATCHES "undefined")
        target_compile_options(ondo_flags INTERFACE -fno-sanitize-recover=undefined)
    endif()
endif()
