package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.cuCtxSetLimit;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Natives;
import dev.avocet.testing.EngineUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The host-only driver, {@code src/test/native/host_cuda.c}: a test aid in place of NVIDIA's {@code
 * libcuda.so.1}, compiled where there is a C compiler. After each test nothing of what was made
 * with it may be left. Its numbers are those of the C file.
 */
final class HostDriver implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {
  /** What there may be some of. */
  enum Kind {
    DEVICE(0),
    HOST(1),
    STREAM(2),
    EVENT(3),
    MODULE(4),
    GRAPH(5),
    EXEC(6),
    RETAINED(7),
    DEPTH(8),
    CALLS(9);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  private static final int CONTROL = 1_000_000;
  private static Optional<String> flaw;

  /** Why it cannot be used, or empty once it is loaded. */
  private static synchronized Optional<String> load() {
    if (flaw == null) {
      try {
        flaw = compile(Path.of("src/test/native/host_cuda.c"), Path.of("target/host-cuda"));
      } catch (IOException e) {
        flaw = Optional.of("no C compiler: " + e.getMessage());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return flaw;
  }

  private static Optional<String> compile(Path source, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path library = folder.toAbsolutePath().resolve("libcuda.so.1");
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-std=gnu11",
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-fvisibility=hidden",
                "-Wl,-soname,libcuda.so.1",
                "-o",
                library.toString(),
                source.toString(),
                "-lpthread",
                "-ldl")
            .redirectErrorStream(true)
            .start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (gcc.waitFor() != 0) {
      throw new AssertionError("the host-only driver does not compile: " + said);
    }
    Natives.prepare();
    Loader.load(Pointer.class);
    Loader.loadGlobal(library.toString());
    StandIns.load();
    return CudaDriver.load(new NvidiaNames());
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!Boolean.getBoolean("avocet.host.cuda")) {
      return ConditionEvaluationResult.disabled("runs in the execution host-cuda only");
    }
    Optional<String> reason = load();
    if (reason.isPresent() && EngineUnderTest.inCi()) {
      throw new AssertionError("CI has to have the host-only driver: " + reason.get());
    }
    return reason
        .map(text -> ConditionEvaluationResult.disabled("skipped: " + text))
        .orElse(ConditionEvaluationResult.enabled("the host-only driver is loaded"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    CudaDevice.all();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    failCall(0);
    breakStreams(0);
    integrated(false);
    assertNothingIsLeft();
  }

  /** How many there are. */
  static int live(Kind kind) {
    int[] value = new int[1];
    assertThat(cuDeviceGetAttribute(value, CONTROL + kind.number, 0)).isZero();
    return value[0];
  }

  /** Fails where anything is left, or a context is current for this thread. */
  static void assertNothingIsLeft() {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.CALLS) {
        assertThat(live(kind)).as(kind.name()).isZero();
      }
    }
  }

  /** The n-th call from now on fails with "out of memory", once; 0: none does. */
  static void failCall(int n) {
    cuCtxSetLimit(CONTROL, n);
    cuCtxSetLimit(CONTROL + 1, 2);
  }

  /** From now on streams fail, as after a kernel's bad access; 0: they work again. */
  static void breakStreams(int code) {
    cuCtxSetLimit(CONTROL + 2, code);
  }

  /** Whether the GPU shares the host's memory. */
  static void integrated(boolean shared) {
    cuCtxSetLimit(CONTROL + 3, shared ? 1 : 0);
  }

  /**
   * Does something again and again, where each time the next of its calls fails for want of memory,
   * until it succeeds; each time nothing may be left.
   *
   * @return how many attempts failed
   */
  static int failEachCall(Runnable attempt) {
    for (int n = 1; n < 1000; n++) {
      failCall(n);
      boolean failed = fails(attempt);
      failCall(0);
      assertNothingIsLeft();
      if (!failed) {
        return n - 1;
      }
    }
    throw new AssertionError("it goes on failing");
  }

  private static boolean fails(Runnable attempt) {
    try {
      attempt.run();
      return false;
    } catch (AvocetException e) {
      assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY);
      assertThat(e).hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY, out of memory");
      return true;
    }
  }
}
