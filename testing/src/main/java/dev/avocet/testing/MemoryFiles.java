package dev.avocet.testing;

import dev.avocet.core.model.ModelFiles;
import java.nio.file.Path;
import java.util.Optional;

/** A model of one file in memory, of origin {@code memory}. */
public final class MemoryFiles implements ModelFiles {
  private final String name;
  private final byte[] bytes;

  /** The file; the bytes are taken as they are. */
  public MemoryFiles(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String origin() {
    return "memory";
  }

  @Override
  public boolean has(String file) {
    return file.equals(name);
  }

  @Override
  public byte[] read(String file) {
    return bytes.clone();
  }

  @Override
  public Optional<Path> path(String file) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}
