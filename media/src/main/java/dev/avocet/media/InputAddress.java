package dev.avocet.media;

import dev.avocet.core.AvocetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An input that is no file, taken apart: {@code test://?size=640x480&fps=25}, {@code
 * camera:0?format=mjpeg}. Immutable.
 *
 * @param input as the user named it
 * @param scheme before the first colon, in lower case
 * @param path between the colon and the question mark
 * @param options after the question mark, undecoded
 */
public record InputAddress(String input, String scheme, String path, Map<String, String> options) {
  /**
   * A width and a height.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public record Size(int width, int height) {}

  /** Keeps a copy of the options. */
  public InputAddress {
    options = Map.copyOf(options);
  }

  /**
   * Takes an input apart.
   *
   * @param known names of the options that there are
   * @throws AvocetException INVALID_ARG for an option that is unknown or has no value
   */
  public static InputAddress parse(String input, Set<String> known) {
    int colon = input.indexOf(':');
    int mark = input.indexOf('?');
    Map<String, String> options = new LinkedHashMap<>();
    if (mark >= 0) {
      for (String option : input.substring(mark + 1).split("&", -1)) {
        int equals = option.indexOf('=');
        if (equals < 1 || !known.contains(option.substring(0, equals))) {
          throw AvocetException.invalidArgument(
              "%s: \"%s\" is no option; there are %s"
                  .formatted(
                      Frames.nameOf(input),
                      option,
                      String.join(", ", known.stream().sorted().map(k -> k + "=").toList())));
        }
        options.put(option.substring(0, equals), option.substring(equals + 1));
      }
    }
    return new InputAddress(
        input,
        input.substring(0, colon).toLowerCase(Locale.ROOT),
        input.substring(colon + 1, mark >= 0 ? mark : input.length()),
        options);
  }

  /** The option's text, as it stands. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /**
   * A whole number of at least 1.
   *
   * @throws AvocetException INVALID_ARG where it is none
   */
  public OptionalLong count(String name) {
    String text = options.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("0*[1-9][0-9]{0,17}")) {
      throw wrong(name, "a whole number of at least 1");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /**
   * Frames a second, above 0 and up to 1000.
   *
   * @throws AvocetException INVALID_ARG where it is none
   */
  public OptionalDouble rate(String name) {
    String text = options.get(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    double rate = text.matches("[0-9]{1,4}(\\.[0-9]{1,6})?") ? Double.parseDouble(text) : 0;
    if (rate <= 0 || rate > 1000) {
      throw wrong(name, "a number above 0, up to 1000");
    }
    return OptionalDouble.of(rate);
  }

  /**
   * Width and height, {@code 640x480}.
   *
   * @throws AvocetException INVALID_ARG where it is none
   */
  public Optional<Size> size(String name) {
    String text = options.get(name);
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("0*[1-9][0-9]{0,4}x0*[1-9][0-9]{0,4}")) {
      throw wrong(name, "WIDTHxHEIGHT such as 640x480, each from 1 to 99999");
    }
    int x = text.indexOf('x');
    return Optional.of(
        new Size(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1))));
  }

  private AvocetException wrong(String name, String expected) {
    return AvocetException.invalidArgument(
        "%s: %s=%s: expected %s"
            .formatted(Frames.nameOf(input), name, options.get(name), expected));
  }
}
