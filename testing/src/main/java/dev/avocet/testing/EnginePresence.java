package dev.avocet.testing;

import java.util.Optional;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.slf4j.LoggerFactory;

/**
 * Leaves out all tests of a run that is about an engine which cannot be used here, as where the
 * build found no compiler for it, and says so in one line. With the environment's CI=true that is a
 * failure, and so it always is where the engine is not on the class path. JUnit finds it by its
 * services file.
 */
public final class EnginePresence implements PostDiscoveryFilter {
  private final Optional<String> reason;

  /** Asks the engine, if the run names one. */
  public EnginePresence() {
    reason =
        System.getProperty("avocet.test.engine") == null
            ? Optional.empty()
            : EngineUnderTest.provider().unavailable();
    if (reason.isPresent()) {
      String line = "the tests on " + EngineUnderTest.name() + " are skipped: " + reason.get();
      if (EngineUnderTest.inCi()) {
        throw new IllegalStateException("CI has to have every engine; " + line);
      }
      LoggerFactory.getLogger(EnginePresence.class).warn(line);
    }
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        reason.isEmpty(), () -> "the engine is there", () -> reason.orElseThrow());
  }
}
