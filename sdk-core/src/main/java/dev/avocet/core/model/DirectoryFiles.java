package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model in a folder. */
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
    Path file = folder.resolve(name).normalize();
    if (name.isEmpty() || !file.startsWith(folder.normalize())) {
      throw AvocetException.invalidArgument(
          "file \"" + name + "\" is not inside of the model " + folder);
    }
    return file;
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
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Path> path(String name) {
    return has(name) ? Optional.of(resolve(name)) : Optional.empty();
  }

  @Override
  public void close() {
    // A folder holds nothing open.
  }
}
