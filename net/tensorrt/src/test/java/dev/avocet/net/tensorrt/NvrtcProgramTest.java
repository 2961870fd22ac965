package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel's source in NVIDIA's own compiler, of the CUDA that the bindings are for. It needs no
 * GPU, so this says that it compiles, not that it runs.
 */
class NvrtcProgramTest {
  @TempDir Path temporary;

  @Test
  void shouldCompileForEveryBoardAndCardWithCuda13() throws IOException, InterruptedException {
    String said = compile(13, "nvidia-cuda-nvrtc", "87", "89", "90", "110", "101", "60", "broken");
    assertThat(said)
        .contains(
            "87: machine code\n",
            "89: machine code\n",
            "90: machine code\n",
            "110: machine code\n",
            "101: PTX .target sm_100\n",
            "60: NOT_SUPPORTED NVRTC 13.1 compiles for compute capability 7.5 and newer, this GPU"
                + " has 6.0: ",
            "broken: FAIL CUDA's compiler NVRTC 13.1 does not compile broken.cu"
                + " (NVRTC_ERROR_COMPILATION) --gpu-architecture=sm_90",
            "broken.cu(1): error: identifier \"nothing\" is undefined")
        .doesNotContain("WARN");
  }

  @Test
  void shouldCompileForBoardsWithCuda12() throws IOException, InterruptedException {
    String said = compile(12, "nvidia-cuda-nvrtc-cu12", "87", "72", "110", "broken");
    assertThat(said)
        .contains(
            "87: machine code\n",
            "72: machine code\n",
            "110: PTX .target sm_90\n",
            "broken.cu(1): error: identifier \"nothing\" is undefined")
        .doesNotContain("WARN");
  }

  private String compile(int cuda, String wheel, String... what)
      throws IOException, InterruptedException {
    int bound = new NvidiaNames().cuda();
    assumeTrue(bound == cuda, () -> "skipped: the bindings of this build are for CUDA " + bound);
    List<String> args = new ArrayList<>(List.of(folder(wheel)));
    args.addAll(List.of(what));
    OtherJvm.Result result =
        OtherJvm.run(
            temporary.resolve("said"), List.of(), NvrtcChild.class, args.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  /** Where the compiler is; skips the test where it cannot be had, fails it with CI=true. */
  private static String folder(String wheel) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "./nvrtc",
                wheel,
                System.getProperty("avocet.nvrtc.cache", "target/nvrtc"),
                System.getProperty("avocet.offline", "offline=true").replace("offline=", ""))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean there = process.waitFor() == 0;
    if (!there && EngineUnderTest.inCi()) {
      throw new AssertionError("CI has to have NVRTC: " + said);
    }
    assumeTrue(there, () -> "skipped: " + said);
    return said;
  }
}
