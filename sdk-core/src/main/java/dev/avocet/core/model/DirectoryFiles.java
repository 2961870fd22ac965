package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model in a folder. Names may lead into folders below it, never out of it; what a symbolic link
 * in the folder points to is its owner's decision.
 */
final class DirectoryFiles implements ModelFiles {
  private final Path folder;

  DirectoryFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public String origin() {
    return folder.toString();
  }

  private Path resolve(String name) {
    try {
      Path relative = Path.of(name);
      if (!name.isEmpty() && !relative.isAbsolute() && !leavesFolder(relative)) {
        return folder.resolve(relative);
      }
    } catch (InvalidPathException e) {
      throw new AvocetException(
          Status.INVALID_ARG, "file \"" + name + "\" of the model " + folder + " is no name", e);
    }
    throw AvocetException.invalidArgument(
        "file \"" + name + "\" is not inside of the model " + folder);
  }

  private static boolean leavesFolder(Path relative) {
    for (Path part : relative) {
      if (part.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean has(String name) {
    return Files.isRegularFile(resolve(name));
  }

  @Override
  public byte[] read(String name) {
    Path file = resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + folder + " has no file " + name);
    }
    try {
      long size = Files.size(file);
      if (size > ZipFiles.MAX_BYTES) {
        throw new AvocetException(
            Status.OUT_OF_RANGE, file + ": bytes=" + size + ", at most 2 GB can be read");
      }
      return readAllBytes(file);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e, e);
    } catch (OutOfMemoryError e) {
      // One array was too large; nothing else has been touched.
      throw new AvocetException(
          Status.OUT_OF_MEMORY, file + " does not fit into the heap: raise -Xmx", e);
    }
  }

  /** Reads a file without a channel: the JDK opens sockets, to look around, for the first one. */
  private static byte[] readAllBytes(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    }
  }

  @Override
  public Optional<Path> path(String name) {
    Path file = resolve(name);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  @Override
  public void close() {
    // A folder holds nothing open.
  }
}
