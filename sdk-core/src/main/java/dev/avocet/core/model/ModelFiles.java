package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a model, wherever they lie. Thread safe. */
public interface ModelFiles extends AutoCloseable {
  /** What to call the model in messages: its path. */
  String origin();

  /**
   * Whether there is a file of this name.
   *
   * @throws AvocetException INVALID_ARG for a name that leads outside of the model, CLOSED
   */
  boolean has(String name);

  /**
   * All bytes of a file; they may be shared and must not be changed.
   *
   * @throws AvocetException FILE_NOT_FOUND where there is none, INVALID_ARG for a name that leads
   *     outside of the model, OUT_OF_RANGE above 2 GB, OUT_OF_MEMORY where the heap is too small,
   *     FAIL where it cannot be read, CLOSED
   */
  byte[] read(String name);

  /**
   * The file itself where it lies on disk as it is, for engines that want to map it.
   *
   * @throws AvocetException as {@link #has}
   */
  Optional<Path> path(String name);

  /** Ends access to the files. */
  @Override
  void close();

  /** Files of a folder. */
  static ModelFiles directory(Path folder) {
    return new DirectoryFiles(folder);
  }
}
