package dev.avocet.media.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What every sink asks of the files that it writes. Stateless. */
public final class OutputFiles {
  private OutputFiles() {}

  /** What follows the last dot of a file's name, in lower case; empty where there is no dot. */
  public static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Sees to it that no output takes the place of what is being read.
   *
   * @param file about to be written
   * @param input as {@link dev.avocet.media.Frame#input} says; need not be a file
   * @throws AvocetException INVALID_ARG where they are the same file
   */
  public static void refuseInput(Path file, String input) {
    Path source = Path.of(input);
    try {
      if (Files.exists(file) && Files.exists(source) && Files.isSameFile(file, source)) {
        throw AvocetException.invalidArgument(
            "%s would overwrite the input %s: name another file or folder".formatted(file, input));
      }
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + ": cannot be looked at: " + e, e);
    }
  }
}
