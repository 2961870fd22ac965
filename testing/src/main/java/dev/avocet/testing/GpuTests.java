package dev.avocet.testing;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.LoggingListener;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs the tests of tag {@code gpu} without Maven, on a machine where only what was built elsewhere
 * has been carried to. Arguments: folders of test classes, which are on the class path as well.
 */
public final class GpuTests {
  private GpuTests() {}

  /** Prints what failed and how many did; the exit code is 1 where any did. */
  public static void main(String[] args) {
    Set<Path> folders = Arrays.stream(args).map(Path::of).collect(Collectors.toSet());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(folders))
            .filters(
                TagFilter.includeTags("gpu"), ClassNameFilter.includeClassNamePatterns(".*Test"))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    LoggingListener each =
        LoggingListener.forBiConsumer(
            (failure, message) -> {
              String text = message.get();
              if (text.contains("Skipped") || failure != null) {
                out.println(text);
              }
            });
    LauncherFactory.create().execute(request, summary, each);
    summary.getSummary().printFailuresTo(out);
    summary.getSummary().printTo(out);
    System.exit(summary.getSummary().getTotalFailureCount() > 0 ? 1 : 0);
  }
}
