package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ONNX Runtime says of a call that failed.
 *
 * @param code its {@code OrtErrorCode}
 * @param text its words, without the folders of the machine it was built on
 */
record OrtFailure(int code, String text) {
  private static final int NOT_IMPLEMENTED = 9;
  private static final Pattern SOURCE_FOLDER =
      Pattern.compile("(?:/[\\w.+-]+)+/([\\w.+-]+\\.(?:cc|cpp|h|hpp)):(\\d+)");
  private static final Pattern UNKNOWN_OPERATOR =
      Pattern.compile("([\\w.]+:\\w+)\\([-\\d]*\\) is not a registered function/op");

  static OrtFailure of(int code, String text) {
    return new OrtFailure(code, SOURCE_FOLDER.matcher(text).replaceAll("$1:$2").strip());
  }

  /** The operator that is missing, as {@code domain:Name}, if that is the reason. */
  Optional<String> unknownOperator() {
    Matcher matcher = UNKNOWN_OPERATOR.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether the file is well formed but needs something that this build has not. */
  boolean notImplemented() {
    return code == NOT_IMPLEMENTED;
  }

  /** Whether a key or value of a provider's options is not known to it. */
  boolean badOption() {
    return text.contains("Unknown provider option")
        || text.contains("Failed to parse provider option");
  }

  /** The same with what to do about it. */
  OrtFailure advised(Optional<String> advice) {
    return new OrtFailure(code, advice.map(words -> text + "; " + words).orElse(text));
  }

  /** Whether a run failed because an output has another shape than the file says. */
  boolean outputHasOtherShape() {
    return text.contains("OrtValue provided for output");
  }

  AvocetException toException(Status status, String context) {
    return new AvocetException(status, context + ": " + text);
  }
}
