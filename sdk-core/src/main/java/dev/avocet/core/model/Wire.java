package dev.avocet.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a node is connected to a value: {@code x}, {@code inner=x}, {@code inner=*x}, {@code
 * inner=+x} on the way in, {@code x}, {@code *x}, {@code x=*inner} on the way out.
 *
 * @param inner name inside of the node
 * @param outer name of the value around the node
 * @param mode what happens in between
 */
public record Wire(String inner, String outer, Mode mode) {
  /** What happens between a value and a node. */
  public enum Mode {
    /** The value as it is. */
    PLAIN,
    /**
     * {@code *}: the node runs for each entry of the list; on the way out the entries' answers
     * become a list.
     */
    EACH,
    /** {@code +}: each of these runs gets the same value. */
    REPEAT
  }

  private static final Pattern FORM = Pattern.compile("(?:([^=*+]+)=)?([*+]?)([^=*+]+)");

  /** Text of a wire into a node, or null where it has not the form. */
  static Wire input(String text) {
    Matcher m = FORM.matcher(text);
    return m.matches()
        ? new Wire(m.group(1) == null ? m.group(3) : m.group(1), m.group(3), mode(m.group(2)))
        : null;
  }

  /** Text of a wire out of a node, or null where it has not the form. */
  static Wire output(String text) {
    Matcher m = FORM.matcher(text);
    return m.matches() && !m.group(2).equals("+")
        ? new Wire(m.group(3), m.group(1) == null ? m.group(3) : m.group(1), mode(m.group(2)))
        : null;
  }

  private static Mode mode(String sign) {
    return switch (sign) {
      case "*" -> Mode.EACH;
      case "+" -> Mode.REPEAT;
      default -> Mode.PLAIN;
    };
  }

  /** A wire that only passes a value of this name. */
  static Wire plain(String name) {
    return new Wire(name, name, Mode.PLAIN);
  }
}
