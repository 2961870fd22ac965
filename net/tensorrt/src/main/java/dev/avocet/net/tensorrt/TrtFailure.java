package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TensorRT's logger said of a call that failed.
 *
 * @param text its words, without the source files they name
 * @param plugins those that are missing, by name
 * @param operators those of ONNX that its parser cannot take
 */
record TrtFailure(String text, Set<String> plugins, Set<String> operators) {
  /** Plugins of MMDeploy's own library, which its exporter writes into networks. */
  private static final Set<String> MMDEPLOY =
      Set.of(
          "TRTBatchedNMS",
          "TRTBatchedRotatedNMS",
          "TRTBatchedBEVNMS",
          "TRTInstanceNormalization",
          "TRTScatterND",
          "grid_sampler",
          "MMCVModulatedDeformConv2d",
          "MMCVMultiLevelRoiAlign",
          "MMCVMultiLevelRotatedRoiAlign",
          "MMCVRoiAlign",
          "MultiScaleDeformableAttention",
          "GatherTopk",
          "TRTDCNv3");

  /**
   * Where in its source something was noticed: {@code [a.cpp::b::12]}, {@code In b at a.cpp:12}.
   */
  private static final Pattern PLACE =
      Pattern.compile(
          "\\[[\\w./]+::[\\w~:()<> ]*::\\d+\\]\\s*"
              + "|\\s*\\(In [\\w~:()<> ]+ at [\\w./]+:\\d+\\)"
              + "|\\s*In [\\w~:()<> ]+ at [\\w./]+:\\d+"
              + "|^[\\w./]+\\.(?:cpp|hpp|h|cu):\\d+:\\s*");

  private static final Pattern NODE =
      Pattern.compile("node(?: number)? ?\\d+ (?:\\[|\"[^\"]*\" \\()(\\w+)");

  private static final List<Pattern> PLUGINS =
      List.of(
          Pattern.compile("Cannot find plugin: ?(\\w+)"),
          Pattern.compile("could not find plugin:? ?(\\w+)", Pattern.CASE_INSENSITIVE),
          Pattern.compile("(\\w+) plugin was not found in the plugin registry"));

  private static final List<Pattern> OPERATORS =
      List.of(Pattern.compile("No importer registered for op: ?(\\w+)"));

  /** Of what the parser said of errors. */
  static TrtFailure of(List<String> lines) {
    return of(lines, "");
  }

  /**
   * Of what the logger said of errors.
   *
   * @param lines its words
   * @param searched the plugin that the parser looked for last, or empty
   */
  static TrtFailure of(List<String> lines, String searched) {
    Set<String> plugins = new TreeSet<>();
    Set<String> operators = new TreeSet<>();
    List<String> texts = new ArrayList<>();
    for (String line : lines) {
      collect(PLUGINS, line, plugins);
      collect(OPERATORS, line, operators);
      if (line.contains("Plugin not found") && !searched.isEmpty()) {
        plugins.add(searched);
      } else if (line.contains("Plugin not found")) {
        collect(List.of(NODE), line, plugins);
      }
      String words = PLACE.matcher(line).replaceAll("").strip().replaceAll("\\s*\\n\\s*", "; ");
      if (!words.isEmpty() && !texts.contains(words)) {
        texts.add(words);
      }
    }
    return new TrtFailure(
        texts.isEmpty() ? "no reason given" : String.join("; ", texts), plugins, operators);
  }

  private static void collect(List<Pattern> patterns, String line, Set<String> names) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
  }

  /**
   * The failure as an exception that says what to do.
   *
   * @param status for failures that are neither of memory nor of plugins and operators: those are
   *     OUT_OF_MEMORY and NOT_SUPPORTED
   * @param context what failed, for people: {@code x.onnx cannot be built}
   */
  AvocetException toException(Status status, String context) {
    if (plugins.isEmpty() && operators.isEmpty()) {
      boolean memory = text.matches("(?is).*out ?of ?memory.*|.*cudaErrorMemoryAllocation.*");
      return new AvocetException(
          memory ? Status.OUT_OF_MEMORY : status, "%s: %s".formatted(context, text));
    }
    return new AvocetException(Status.NOT_SUPPORTED, "%s: %s".formatted(context, advice()));
  }

  private String advice() {
    Set<String> missing = new TreeSet<>(plugins);
    // The parser takes what it does not know for a plugin.
    missing.addAll(operators);
    boolean deploy = missing.stream().anyMatch(MMDEPLOY::contains);
    return "TensorRT has no plugin %s; name the library that has %s in the option plugins=PATH%s, or export the network without; TensorRT: %s"
        .formatted(
            String.join(", ", missing),
            missing.size() == 1 ? "it" : "them",
            deploy ? " (MMDeploy's is libmmdeploy_tensorrt_ops.so)" : "",
            text);
  }
}
