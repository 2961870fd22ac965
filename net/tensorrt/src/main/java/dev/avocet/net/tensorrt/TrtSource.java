package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.OnnxExternalData;
import dev.avocet.core.internal.Sha256;
import dev.avocet.core.model.ModelFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The bytes of a network's or an engine's file, off-heap. Owns them.
 *
 * @param name for messages
 * @param file where it lies on disk as it is
 * @param content its bytes
 */
record TrtSource(String name, Optional<Path> file, Tensor content) implements AutoCloseable {
  /** So many bytes of a file are digested at once. */
  private static final int BLOCK = 1 << 20;

  /**
   * Reads a file.
   *
   * @throws AvocetException FILE_NOT_FOUND where there is none, OUT_OF_RANGE from 2 GiB, FAIL where
   *     it is empty or cannot be read
   */
  static TrtSource of(ModelFiles files, String file) {
    if (!files.has(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + files.origin() + " has no file " + file);
    }
    Optional<Path> path = files.path(file);
    if (path.isPresent()) {
      return new TrtSource(path.get().toString(), path, read(path.get()));
    }
    byte[] bytes = files.read(file);
    String name = file + " of " + files.origin();
    Tensor content = allocate(name, bytes.length);
    content.bytes().put(bytes);
    return new TrtSource(name, path, content);
  }

  private static Tensor read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      Tensor content = allocate(file.toString(), channel.size());
      try {
        ByteBuffer buffer = content.bytes();
        while (buffer.hasRemaining()) {
          if (channel.read(buffer) < 0) {
            throw new EOFException("it became shorter while it was read");
          }
        }
        return content;
      } catch (IOException | RuntimeException e) {
        content.close();
        throw e;
      }
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, "%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static Tensor allocate(String name, long size) {
    if (size == 0) {
      throw new AvocetException(Status.FAIL, name + " is empty");
    }
    if (size > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: bytes=%d, at most 2 GiB can be read; keep weights in files beside the network"
              .formatted(name, size));
    }
    return Tensor.allocate(DataType.UINT8, Shape.of(size));
  }

  /**
   * Names of the files beside a network that hold its weights.
   *
   * @throws AvocetException NOT_SUPPORTED where there are some, but the network lies in an archive
   */
  SortedSet<String> weights() {
    SortedSet<String> names = OnnxExternalData.names(content.bytes());
    if (!names.isEmpty() && file.isEmpty()) {
      throw AvocetException.notSupported(
          "%s keeps weights in files beside it (%s), which TensorRT reads from a folder only: unpack the model"
              .formatted(name, String.join(", ", names)));
    }
    return names;
  }

  /**
   * A checksum of all that makes up the network, its files of weights among them; of those that are
   * not there TensorRT's parser says so.
   *
   * @throws AvocetException as {@link #weights}; FAIL where one cannot be read
   */
  byte[] digest() {
    byte[] digest = Sha256.of(Sha256.none(), content.bytes());
    for (String other : weights()) {
      try {
        Path path = file.orElseThrow().resolveSibling(other);
        if (Files.isRegularFile(path)) {
          digest = digest(Sha256.of(digest, other), path);
        }
      } catch (InvalidPathException | IOException e) {
        throw new AvocetException(
            Status.FAIL, "%s keeps weights in \"%s\": %s".formatted(name, other, e), e);
      }
    }
    return digest;
  }

  /** The digest of a file under a key, block by block. */
  static byte[] digest(byte[] key, Path file) throws IOException {
    byte[] digest = key;
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(block.clear()) >= 0) {
        while (block.hasRemaining() && channel.read(block) >= 0) {}
        digest = Sha256.of(digest, block.flip());
      }
    }
    return digest;
  }

  @Override
  public void close() {
    content.close();
  }
}
