package dev.avocet.camera.clips;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file in a folder of clips is called: {@code door-2026-11-22T00-12-01Z.mp4}, with a number
 * before the dot where there are several of one second.
 *
 * @param stem all before the dot
 * @param source whose the clip is
 * @param begun when its first picture was taken; empty for a time that never was
 * @param kind all after the dot
 */
record ClipName(String stem, String source, Optional<Instant> begun, String kind) {
  private static final String VIDEO = "mp4";
  private static final String BESIDE = "json";

  /** What is being written is called so. */
  private static final String PART = ".part";

  private static final Pattern OURS =
      Pattern.compile(
          "(?<stem>(?<source>[A-Za-z0-9_-]{1,64})-(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ)"
              + "(?:-\\d{1,4})?)\\.(?<kind>(?:mp4|json)(?:\\.part)?)");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  /** Reads a name; empty where it is not one of ours. */
  static Optional<ClipName> of(String file) {
    Matcher name = OURS.matcher(file);
    return name.matches()
        ? Optional.of(
            new ClipName(
                name.group("stem"),
                name.group("source"),
                time(name.group("time")),
                name.group("kind")))
        : Optional.empty();
  }

  /** Reads the name of a file in whatever folder. */
  static Optional<ClipName> of(Path file) {
    return of(String.valueOf(file.getFileName()));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      // A 31st of February: nobody's.
      return Optional.empty();
    }
  }

  /** A video's name. */
  static String video(String source, Instant begun, int number) {
    String stem = source + "-" + TIME.format(begun);
    return "%s%s.%s".formatted(stem, number == 1 ? "" : "-" + number, VIDEO);
  }

  boolean isVideo() {
    return kind.equals(VIDEO);
  }

  /** Whether it is what a crash has left. */
  boolean isPart() {
    return kind.endsWith(PART);
  }

  /** The name of the file with what is known of the clip. */
  String beside() {
    return stem + "." + BESIDE;
  }

  /** The name of {@link #beside} while it is written. */
  String besidePart() {
    return beside() + PART;
  }
}
