package dev.avocet.camera.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Something that can be asked for. Immutable.
 *
 * @param method of HTTP
 * @param path in which {@code NAME} stands for a name: letters, digits, {@code .}, {@code -} and
 *     {@code _}, not with a dot first
 * @param pattern of such paths as they are sent; nothing in them is decoded, since no name needs it
 * @param token whether it is for those only who show the token
 * @param action what is done
 */
record Route(String method, String path, Pattern pattern, boolean token, Action action) {
  static final List<String> READING = List.of("GET", "HEAD");

  /** Answers a request, at once or later. */
  interface Action {
    /** Answers, or throws what is answered. */
    void run(Call call) throws Exception;
  }

  /**
   * A request on its way.
   *
   * @param name what stands in the path for {@code NAME}, or empty
   */
  record Call(Request request, Response response, Callback callback, String name) {}

  static Route open(String method, String path, Action action) {
    return new Route(method, path, pattern(path), false, action);
  }

  static Route guarded(String method, String path, Action action) {
    return new Route(method, path, pattern(path), true, action);
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(
        path.replace(".", "\\.").replace("NAME", "([A-Za-z0-9_-][A-Za-z0-9._-]{0,127})"));
  }

  /**
   * The name in a path, which is empty for a route without, or nothing where the path is another.
   */
  Optional<String> match(String asked) {
    Matcher matcher = pattern.matcher(asked);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.groupCount() == 0 ? "" : matcher.group(1));
  }

  /** By which methods it is asked for: what is read by GET may be asked about by HEAD. */
  List<String> methods() {
    return method.equals("GET") ? READING : List.of(method);
  }

  boolean takes(String asked) {
    return methods().contains(asked);
  }
}
