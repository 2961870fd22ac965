package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a command has to say of a frame. Made by one thread, then used by another. */
interface FrameAnswer {
  /**
   * Adds the task's fields to its line of JSON, see docs/json.md.
   *
   * @param file what was written with {@code -o}
   */
  void addTo(ObjectNode line, Optional<Path> file);

  /** A few words beside the name of a picture: how much was found. */
  String headline();

  /** A few words on a frame of a video. */
  default String line() {
    return headline();
  }

  /** Whole lines on a picture, below its headline. */
  default String details() {
    return "";
  }

  /** What {@code -o} draws on the frame, the first on top. */
  default List<? extends Drawable> drawables() {
    return List.of();
  }

  /** What {@code -o} writes instead of the frame. */
  default Optional<Image> picture() {
    return Optional.empty();
  }

  /** The frame that this is said of; empty where nothing is said and the frame is only drawn. */
  default Optional<FrameFacts> about(Frame frame) {
    return Optional.of(FrameFacts.of(frame));
  }

  /** Frees what the answer holds. */
  default void close() {}
}
