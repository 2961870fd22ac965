package dev.avocet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Recorded files of a board, {@code jetson/src/test/resources/boards}, as a folder that may be read
 * in place of {@code /}.
 */
public final class RecordedBoard {
  private final Path root;

  private RecordedBoard(Path root) {
    this.root = root;
  }

  /** Makes a folder of a board's files. */
  public static RecordedBoard unpack(String name, Path into) {
    try {
      RecordedBoard board = new RecordedBoard(into);
      for (String line : Files.readAllLines(boards().resolve(name))) {
        int colon = line.indexOf(": ");
        board.put(
            line.substring(0, colon),
            line.substring(colon + 2).replace("\\0", "\0").replace("\\n", "\n"));
      }
      return board;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the recorded files are. */
  public static Path boards() {
    return Path.of(
        System.getProperty("avocet.root"), "jetson", "src", "test", "resources", "boards");
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** Writes a file, as the kernel would change it. */
  public RecordedBoard put(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
