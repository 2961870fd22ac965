package dev.avocet.net.tensorrt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.testing.EngineUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code affine_pass.cu} compiled as C++, for {@link HostDriver} to start. */
final class HostKernel {
  private static final Path LIBRARY = Path.of("target/host-cuda/libkernels.so");

  private static boolean compiled;

  private HostKernel() {}

  /**
   * Compiles it where the driver looks for it; skips the test without a compiler, fails it with
   * CI=true.
   *
   * @return what stands for the GPU's code
   */
  static synchronized byte[] image() throws IOException, InterruptedException {
    if (!compiled) {
      Process process = null;
      Files.createDirectories(LIBRARY.getParent());
      try {
        process =
            new ProcessBuilder(
                    "g++",
                    "-std=c++17",
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    // Arm's compilers fuse where they may.
                    "-ffp-contract=off",
                    "-shared",
                    "-fPIC",
                    "-Isrc/main/resources/dev/avocet/net/tensorrt",
                    "-o",
                    LIBRARY.toString(),
                    "src/test/native/host_kernel.cpp")
                .redirectErrorStream(true)
                .start();
      } catch (IOException e) {
        assumeTrue(EngineUnderTest.inCi(), () -> "skipped: no C++ compiler: " + e.getMessage());
        throw e;
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("the kernel does not compile for the host: " + said);
      }
      compiled = true;
    }
    return new byte[] {1};
  }
}
