# SPDX-License-Identifier: Apache-2.0
# Builds for arm64 Linux with Debian's cross compilers: cmake -DCMAKE_TOOLCHAIN_FILE=arm64.cmake …
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
