package dev.avocet.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetProvider;
import java.util.Optional;

/**
 * The engine that a run of the tests is about: system property {@code avocet.test.engine}, as the
 * build sets it for the second run of a module's tests, else ONNX Runtime. The build leaves other
 * engines off the class path, so that nothing has to ask for this one.
 */
public final class EngineUnderTest {
  private EngineUnderTest() {}

  /** Its name, as in {@code deploy.json}. */
  public static String name() {
    return System.getProperty("avocet.test.engine", "onnxruntime");
  }

  /** Itself, which has to be on the class path. */
  public static NetProvider provider() {
    return installed(name());
  }

  private static NetProvider installed(String name) {
    return Engines.installed().stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("engine " + name + " is not on the class path"));
  }

  /** Skips the test where the build left this engine of the class path out; fails with CI=true. */
  public static void require(String name) {
    require(installed(name));
  }

  /** Skips the test where the build left this engine out, and fails it with CI=true. */
  public static void require(NetProvider provider) {
    Optional<String> reason = provider.unavailable();
    if (reason.isPresent() && inCi()) {
      throw new AssertionError("CI has to have " + provider.name() + ": " + reason.get());
    }
    assumeTrue(reason.isEmpty(), () -> "skipped: " + reason.orElseThrow());
  }

  /** Whether what is missing is a failure. */
  public static boolean inCi() {
    return "true".equals(System.getenv("CI"));
  }
}
