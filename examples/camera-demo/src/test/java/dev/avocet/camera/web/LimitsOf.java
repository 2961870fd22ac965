package dev.avocet.camera.web;

import java.time.Duration;

/** Limits of tests that do not want to wait for those in use. */
final class LimitsOf {
  private LimitsOf() {}

  static Limits silence(Duration silence) {
    return with(Limits.DEFAULT.idle(), Limits.DEFAULT.request(), silence);
  }

  static Limits request(Duration request) {
    return with(Limits.DEFAULT.idle(), request, Limits.DEFAULT.silence());
  }

  private static Limits with(Duration idle, Duration request, Duration silence) {
    Limits all = Limits.DEFAULT;
    return new Limits(
        all.viewers(),
        all.connections(),
        all.bodyBytes(),
        all.messageBytes(),
        idle,
        request,
        silence,
        all.picture());
  }
}
