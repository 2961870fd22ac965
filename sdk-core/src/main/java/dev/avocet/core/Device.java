package dev.avocet.core;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a network is to run, written {@code [engine:]device[:n]}: {@code cpu}, {@code cuda:0},
 * {@code openvino:GPU}, {@code tensorrt:cuda:0}, {@code openvino:AUTO:GPU,CPU}. The same text is
 * used in Java, C and the shell.
 *
 * <p>Engine and device begin with a letter.
 *
 * @param engine the engine asked for, or empty to let the model and the installed engines decide
 * @param name the device in the engine's words
 * @param index which of several, 0 where nothing is said
 */
public record Device(Optional<String> engine, String name, int index) {
  /** The processor, whatever engine fits. */
  public static final Device CPU = new Device(Optional.empty(), "cpu", 0);

  /** Checks that nothing is missing. */
  public Device {
    Objects.requireNonNull(engine);
    if (name.isBlank() || index < 0) {
      throw AvocetException.invalidArgument(
          "device name=\"%s\" index=%d: a name and an index of zero or more are needed"
              .formatted(name, index));
    }
  }

  // Possessive, so that a text of any length is matched in one pass without recursion.
  private static final Pattern FORM = Pattern.compile("[A-Za-z][\\w.,()-]*+(?::[\\w.,()-]++)*+");

  /**
   * Reads a device's text. Whether such an engine or device exists is only known when a network is
   * opened on it.
   *
   * @throws AvocetException INVALID_ARG where it has not the form above
   */
  public static Device parse(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      throw malformed(text);
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new Device(Optional.empty(), text, 0);
    }
    String rest = text.substring(colon + 1);
    if (isNumber(rest)) {
      return new Device(Optional.empty(), text.substring(0, colon), number(rest, text));
    }
    Optional<String> engine = Optional.of(text.substring(0, colon));
    if (!isLetter(rest.charAt(0))) {
      throw malformed(text);
    }
    int last = rest.lastIndexOf(':');
    if (last > 0 && isNumber(rest.substring(last + 1))) {
      return new Device(engine, rest.substring(0, last), number(rest.substring(last + 1), text));
    }
    return new Device(engine, rest, 0);
  }

  private static AvocetException malformed(String text) {
    return AvocetException.invalidArgument(
        "device=\"" + text + "\": expected [engine:]device[:n], for example cpu or cuda:0");
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int number(String digits, String text) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new AvocetException(
          Status.INVALID_ARG, "device=\"" + text + "\": the index is too large", e);
    }
  }

  @Override
  public String toString() {
    return engine.map(e -> e + ":").orElse("") + name + (index == 0 ? "" : ":" + index);
  }
}
