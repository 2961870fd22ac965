package dev.avocet.camera.config;

import java.util.List;
import java.util.Optional;

/**
 * The page's server.
 *
 * @param host address to listen at; others than this machine's own reach it only where it is not a
 *     loopback address
 * @param port to listen at; 0 takes a free one
 * @param token what write actions ask for; empty makes one up at each start and prints it
 * @param names names that browsers may call the server by, beside localhost and IP addresses
 * @param certificate PEM file of a certificate chain, for TLS, or empty
 * @param key PEM file of its private key (PKCS#8), or empty
 */
public record ServerConfig(
    String host,
    int port,
    Optional<String> token,
    List<String> names,
    Optional<String> certificate,
    Optional<String> key) {
  /** On this machine only, at port 8080. */
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          "127.0.0.1", 8080, Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  /** Copies the list. */
  public ServerConfig {
    names = List.copyOf(names);
  }
}
