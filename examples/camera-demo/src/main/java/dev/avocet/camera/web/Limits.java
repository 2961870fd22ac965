package dev.avocet.camera.web;

import java.time.Duration;

/**
 * How much the server takes on.
 *
 * @param viewers WebSockets at once
 * @param connections TCP connections at once; more wait in the system's queue
 * @param bodyBytes of a request
 * @param messageBytes of a message from a viewer
 * @param idle a connection on which nothing moves for so long is closed
 * @param request how long a client may take to send a request
 * @param silence a viewer that is not heard of for so long, not even an answer to a ping, is
 *     dropped
 * @param picture how long a request for the latest picture waits for one
 */
record Limits(
    int viewers,
    int connections,
    int bodyBytes,
    int messageBytes,
    Duration idle,
    Duration request,
    Duration silence,
    Duration picture) {
  static final Limits DEFAULT =
      new Limits(
          64,
          256,
          64 << 10,
          4 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(3));
}
