package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
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

  /** Where in its source something was noticed: {@code [a.cpp::b::12]}, {@code a.cpp:12: }. */
  private static final Pattern PLACE =
      Pattern.compile(
          "\\[[\\w./]+\\.(?:cpp|h|cu|inl)::[^\\]]*\\]\\s*|^[\\w./]+\\.(?:cpp|h|cu):\\d+:\\s*");

  private static final List<Pattern> PLUGINS =
      List.of(
          Pattern.compile(
              "[Cc]ould not find any plugin(?:[Cc]reator)? (?:with|that matches)?[^:]*?name: ?\"?(\\w+)"),
          Pattern.compile("Cannot find plugin: ?(\\w+)"),
          Pattern.compile("getPluginCreator could not find [Pp]lugin:? (\\w+)"),
          Pattern.compile(
              "Plugin not found, are the plugin name.*?correct\\?.*?(?:name|type):? ?(\\w+)"),
          Pattern.compile(
              "[Pp]lugin (?:creator )?(?:for )?\"?(\\w+)\"? (?:not found|was not found|is not registered)"));

  private static final List<Pattern> OPERATORS =
      List.of(
          Pattern.compile("No importer registered for op: (\\w+)"),
          Pattern.compile("Unsupported operator:? (\\w+)"));

  /** Of what the logger said, line by line. */
  static TrtFailure of(List<String> lines) {
    Set<String> plugins = new TreeSet<>();
    Set<String> operators = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      collect(PLUGINS, line, plugins);
      collect(OPERATORS, line, operators);
      String words = PLACE.matcher(line).replaceAll("").strip().replaceAll("\\s*\\n\\s*", "; ");
      if (!words.isEmpty() && text.indexOf(words) < 0) {
        text.append(text.length() == 0 ? "" : "; ").append(words);
      }
    }
    return new TrtFailure(
        text.length() == 0 ? "no reason given" : text.toString(), plugins, operators);
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
