package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.OnnxExternalData;
import dev.avocet.core.model.ModelFiles;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a network comes from: files that lie on disk as they are, or bytes. Owns the bytes.
 *
 * @param name for messages
 * @param file the network's file, if it lies on disk
 * @param weightsFile its {@code .bin}, if there is one and it lies on disk
 * @param bytes the network, where it does not
 * @param weights its {@code .bin}, where there is one and it does not lie on disk
 */
record OvSource(
    String name,
    Optional<Path> file,
    Optional<Path> weightsFile,
    Optional<BytePointer> bytes,
    Optional<BytePointer> weights)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OvSource.class);

  /** So many bytes are digested at once. */
  private static final int BLOCK = 1 << 20;

  /**
   * Finds a network's files.
   *
   * @throws AvocetException FILE_NOT_FOUND where one is missing
   */
  static OvSource of(ModelFiles files, String file, String weights) {
    OvProvider.checkThere(files, file);
    String second = weights(file, weights);
    if (!second.isEmpty()) {
      OvProvider.checkThere(files, second);
    }
    Optional<Path> path = files.path(file);
    Optional<Path> secondPath = second.isEmpty() ? Optional.empty() : files.path(second);
    if (path.isPresent() && (second.isEmpty() || secondPath.isPresent())) {
      return new OvSource(
          path.get().toString(), path, secondPath, Optional.empty(), Optional.empty());
    }
    BytePointer bytes = new BytePointer(files.read(file));
    try {
      return new OvSource(
          file + " of " + files.origin(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(bytes),
          second.isEmpty() ? Optional.empty() : Optional.of(new BytePointer(files.read(second))));
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Only OpenVINO's own format has weights beside it; ONNX names its external files itself. */
  private static String weights(String file, String given) {
    if (!file.toLowerCase(Locale.ROOT).endsWith(".xml")) {
      return "";
    }
    return given.isEmpty() ? file.substring(0, file.length() - 4) + ".bin" : given;
  }

  /**
   * What a reader finds in the network's file, which lies in memory meanwhile; an empty file where
   * it cannot be read or is above 2 GiB. Not mapped, since Java does not let go of a mapping.
   */
  <T> T content(Function<ByteBuffer, T> reader) {
    if (bytes.isPresent()) {
      return reader.apply(bytes.get().asByteBuffer());
    }
    // No channel, nor what is made of one, for the JDK loads its network code with the first.
    try (InputStream in = new FileInputStream(file.orElseThrow().toFile())) {
      long size = file.orElseThrow().toFile().length();
      if (size > 0 && size <= Integer.MAX_VALUE) {
        try (Tensor copy = Tensor.allocate(DataType.UINT8, Shape.of(size))) {
          ByteBuffer buffer = copy.bytes();
          byte[] block = new byte[1 << 16];
          int n = in.read(block);
          while (n > 0 && buffer.hasRemaining()) {
            buffer.put(block, 0, Math.min(n, buffer.remaining()));
            n = in.read(block);
          }
          return reader.apply(buffer.flip());
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read", name, e);
    }
    return reader.apply(ByteBuffer.allocate(0));
  }

  /**
   * A checksum of all that makes up the network, the files that an ONNX file names for its weights
   * among them.
   *
   * @throws AvocetException FAIL where a file cannot be read
   */
  byte[] digest() {
    byte[] digest = digest(OvDigest.none(), file, bytes);
    digest = digest(digest, weightsFile, weights);
    if (file.isPresent() && isOnnx()) {
      for (Path other : externalFiles()) {
        digest = digest(digest, Optional.of(other), Optional.empty());
      }
    }
    return digest;
  }

  private byte[] digest(byte[] key, Optional<Path> file, Optional<BytePointer> bytes) {
    byte[] digest = key;
    if (file.isPresent()) {
      try (FileChannel channel = FileChannel.open(file.get());
          BytePointer block = new BytePointer(BLOCK)) {
        ByteBuffer buffer = block.asByteBuffer();
        while (channel.read(buffer.clear()) >= 0) {
          while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
          digest = OvDigest.of(digest, block, buffer.position());
        }
      } catch (IOException e) {
        throw new AvocetException(Status.FAIL, "%s: %s".formatted(name, e), e);
      }
    } else if (bytes.isPresent()) {
      long size = bytes.get().limit();
      BytePointer block = new BytePointer(bytes.get());
      for (long at = 0; at < size; at += BLOCK) {
        digest = OvDigest.of(digest, block.position(at), Math.min(BLOCK, size - at));
      }
    }
    // So that a byte at the end of one file is not one at the beginning of the next.
    return OvDigest.of(digest, new byte[0]);
  }

  /** Those that are there; OpenVINO says which one it misses. */
  private List<Path> externalFiles() {
    List<Path> files = new ArrayList<>();
    for (String name : content(OnnxExternalData::names)) {
      try {
        Path other = file.orElseThrow().resolveSibling(name);
        if (Files.isRegularFile(other)) {
          files.add(other);
        }
      } catch (InvalidPathException e) {
        throw new AvocetException(
            Status.FAIL, "%s keeps weights in \"%s\": %s".formatted(this.name, name, e), e);
      }
    }
    return files;
  }

  private boolean isOnnx() {
    return file.orElseThrow().toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  @Override
  public void close() {
    bytes.ifPresent(BytePointer::close);
    weights.ifPresent(BytePointer::close);
  }
}
