package dev.avocet.camera.publish;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Passwords and keys, which are kept in files of their own. Stateless. */
final class Secrets {
  private static final long MOST_BYTES = 4096;

  private Secrets() {}

  /**
   * What a file says, without the end of its line.
   *
   * @param option how the configuration calls the file
   * @throws AvocetException FILE_NOT_FOUND where it cannot be read, INVALID_ARG where it is empty
   *     or no secret by its size
   */
  static String read(String option, String file) {
    Path path = Path.of(file);
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw AvocetException.invalidArgument(
            "%s=%s: has more than %d bytes; name a file with the secret alone"
                .formatted(option, file, MOST_BYTES));
      }
      String secret = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
      if (secret.isEmpty()) {
        throw AvocetException.invalidArgument("%s=%s: is empty".formatted(option, file));
      }
      return secret;
    } catch (IOException e) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND,
          "%s=%s: cannot be read (%s); name a file that this user may read"
              .formatted(option, file, e.getClass().getSimpleName()),
          e);
    }
  }
}
