package dev.avocet.camera.publish;

import dev.avocet.camera.config.ResultsConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * JSON lines in a file, which is continued. A file that would grow beyond its size is renamed to
 * {@code NAME.1}, in the place of the one before. There are whole lines only: what could not be
 * written to the end is taken back, and a line that a crash has cut short is ended. A file that
 * somebody has moved away is begun anew. Confined to one thread.
 */
final class FileDestination implements Destination {
  private final Path path;
  private final long maxBytes;

  /** Null while it is not open. */
  private RandomAccessFile file;

  FileDestination(ResultsConfig.Lines config) {
    path = Path.of(config.path());
    maxBytes = config.maxBytes();
  }

  @Override
  public String name() {
    return "file";
  }

  /** A message with its end of line. */
  static byte[] line(Message message) {
    byte[] line = Arrays.copyOf(message.json(), message.json().length + 1);
    line[line.length - 1] = '\n';
    return line;
  }

  @Override
  public Outcome publish(List<Message> messages) {
    int done = 0;
    try {
      for (Message message : messages) {
        write(line(message));
        done++;
      }
      return Outcome.delivered(done);
    } catch (IOException e) {
      close();
      return Outcome.tryAgain(
          done,
          "%s: cannot be written: %s; free space there or name another file"
              .formatted(path, reason(e)));
    }
  }

  private void write(byte[] line) throws IOException {
    if (file != null && !Files.exists(path)) {
      close();
    }
    if (file == null) {
      open();
    }
    long size = file.getFilePointer();
    if (size > 0 && size + line.length > maxBytes && Files.isRegularFile(path)) {
      close();
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      open();
      size = 0;
    }
    boolean whole = false;
    try {
      file.write(line);
      whole = true;
    } finally {
      if (!whole && Files.isRegularFile(path)) {
        file.setLength(size);
      }
    }
  }

  private void open() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    file = new RandomAccessFile(path.toFile(), "rw");
    if (!Files.isRegularFile(path)) {
      return;
    }
    long size = file.length();
    file.seek(Math.max(0, size - 1));
    if (size > 0 && file.read() != '\n') {
      file.write('\n');
    }
  }

  /** What an operating system says, without the path that its message may repeat. */
  private String reason(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String rest = message.replace(path.toString(), "").strip();
    return rest.isEmpty() ? e.getClass().getSimpleName() : rest;
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        org.slf4j.LoggerFactory.getLogger(FileDestination.class)
            .warn("{}: cannot be closed: {}", path, reason(e));
      }
    }
  }
}
