package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenVINO says of a call that failed.
 *
 * @param text its words, without the source files it names
 * @param operators those that it cannot take, if that is the reason
 */
record OvFailure(String text, Set<String> operators) {
  private static final String PLACE = "[^\\s']*\\.(?:c|cc|cpp|h|hpp):\\d+:?[ \\t]*\\n?";

  /** Where in its source something was noticed, and the condition in C++. */
  private static final Pattern NOTICED =
      Pattern.compile("(?:Exception from |Check '.*' failed at )?" + PLACE);

  private static final Pattern SAYING_NOTHING =
      Pattern.compile(
          "FrontEnd API failed with \\w+:[ \\t]*\\n?|Summary:[ \\t]*\\n?|To facilitate the conversion of .*");

  /** Words of its releases for operators, those of 2026 first, then of 2024, then of its format. */
  private static final List<Pattern> OPERATORS =
      List.of(
          Pattern.compile("No conversion rule found for operations: (.+)"),
          Pattern.compile("Conversion is failed for: (.+)"),
          Pattern.compile("does not support the following ONNX operations: (.+)"),
          Pattern.compile("While validating ONNX node '<Node\\((.+?)\\)"),
          Pattern.compile("doesn't contain the operation with type: (\\S+)"),
          Pattern.compile("Cannot create (\\S+) layer .*from unsupported opset"),
          Pattern.compile("Unsupported operation of type: (\\S+)"));

  static OvFailure of(String words) {
    String text = SAYING_NOTHING.matcher(NOTICED.matcher(words).replaceAll("")).replaceAll("");
    if (text.isBlank()) {
      text = words.replaceAll("(?:Exception from | failed at )" + PLACE, " ");
    }
    Set<String> operators = new TreeSet<>();
    for (Pattern pattern : OPERATORS) {
      Matcher matcher = pattern.matcher(words);
      while (matcher.find()) {
        for (String operator : matcher.group(1).split(",", -1)) {
          // 2026 adds the domain and release of the operator.
          operators.add(operator.strip().replaceFirst("^.*\\.", "").replaceFirst("-\\d+$", ""));
        }
      }
    }
    return new OvFailure(
        text.isBlank() ? "no reason given" : text.strip().replaceAll("\\s*\\n\\s*", "; "),
        operators);
  }

  AvocetException toException(Status status, String context) {
    return new AvocetException(status, context + ": " + text);
  }
}
