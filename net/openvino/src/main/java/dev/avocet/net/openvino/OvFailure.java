package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenVINO says of a call that failed.
 *
 * @param text its words, without the source files it names
 */
record OvFailure(String text) {
  private static final Pattern SOURCE =
      Pattern.compile(
          "(?m)^(?:Exception from |Check ')?[^\\s']*\\.(?:cpp|hpp|h):\\d+:?[ \\t]*\\n?");
  private static final Pattern UNSUPPORTED =
      Pattern.compile(
          "(?s)(?:does not support the following ONNX operations|unsupported operations?)[^:]*:\\s*([\\w.:, ]+)");

  static OvFailure of(String words) {
    String text = SOURCE.matcher(words).replaceAll("").strip();
    return new OvFailure(text.isEmpty() ? "no reason given" : text.replaceAll("\\s*\\n\\s*", "; "));
  }

  /** The operators that are missing, if that is the reason. */
  Optional<String> unsupportedOperators() {
    Matcher matcher = UNSUPPORTED.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  AvocetException toException(Status status, String context) {
    return new AvocetException(status, context + ": " + text);
  }
}
