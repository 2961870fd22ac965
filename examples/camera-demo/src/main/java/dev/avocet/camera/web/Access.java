package dev.avocet.camera.web;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may ask, and for what. A browser must call the server by an address, {@code localhost} or a
 * name that it was told, so that no foreign name can be pointed at it (DNS rebinding); pages of
 * other origins are not answered; whoever changes something shows the token. Thread safe.
 */
final class Access {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final String BEARER = "bearer ";
  private static final int TOKEN_BYTES = 18;

  private final String token;
  private final Set<String> names = new TreeSet<>();
  private final WrongTokens wrong;

  /**
   * Rules.
   *
   * @param token what write actions ask for; empty makes one up of 144 random bits
   * @param names that the server may be called by
   * @throws AvocetException INVALID_ARG for a token that cannot be sent in a header
   */
  Access(Optional<String> token, List<String> names, WrongTokens wrong) {
    this.token = token.orElseGet(Access::random);
    if (!this.token.matches("[!-~]+")) {
      throw AvocetException.invalidArgument(
          "server.token is empty or has characters other than letters, digits and signs of ASCII;"
              + " choose another, or leave it out and one is made up");
    }
    this.names.add("localhost");
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
    this.wrong = wrong;
  }

  private static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String token() {
    return token;
  }

  /** Refuses requests under a foreign name or from a foreign page. */
  void check(Request request) {
    checkHost(Request.getServerName(request));
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !isOwn(origin, request)) {
      throw new Refusal(
          403,
          Status.UNAUTHENTICATED,
          "the page of another origin may not ask here; open the server's own page");
    }
  }

  private void checkHost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (!name.contains(":") && !IPV4.matcher(name).matches() && !names.contains(name)) {
      throw new Refusal(
          421,
          Status.INVALID_ARG,
          "the server does not go by this name; use its IP address, or add the name to"
              + " server.names in the configuration");
    }
  }

  /** Compares name and port only where the server itself has no TLS: a proxy in front of it may. */
  private static boolean isOwn(String origin, Request request) {
    int scheme = origin.indexOf("://");
    if (scheme < 0 || (request.isSecure() && !origin.startsWith("https:"))) {
      return false;
    }
    String port = origin.startsWith("https:") ? ":443" : ":80";
    String authority = request.getHttpURI().getAuthority();
    return authority != null
        && without(port, origin.substring(scheme + 3)).equals(without(port, authority));
  }

  private static String without(String port, String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }

  /** Refuses requests without the token; compares in a time that tells nothing about it. */
  void checkToken(Request request) {
    String address = Request.getRemoteAddr(request);
    wrong.check(address);
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (given == null) {
      throw unauthenticated("this needs the token: send Authorization: Bearer TOKEN");
    }
    boolean bearer = given.toLowerCase(Locale.ROOT).startsWith(BEARER);
    byte[] bytes =
        (bearer ? given.substring(BEARER.length()).strip() : "").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8))) {
      wrong.add(address);
      throw unauthenticated("the token is wrong; the server printed the right one as it started");
    }
  }

  private static Refusal unauthenticated(String message) {
    return new Refusal(
        401,
        Status.UNAUTHENTICATED,
        message,
        Map.of("WWW-Authenticate", "Bearer realm=\"avocet\""));
  }
}
