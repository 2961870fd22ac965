package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

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

  /** The network's file, mapped where it lies on disk; none where it cannot be read. */
  ByteBuffer content() {
    if (bytes.isPresent()) {
      return bytes.get().asByteBuffer();
    }
    try (FileChannel channel = FileChannel.open(file.orElseThrow())) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException | IllegalArgumentException e) {
      return ByteBuffer.allocate(0);
    }
  }

  /** Adds all that makes up the network to a checksum. */
  void digest(MessageDigest into) throws IOException {
    digest(into, file, bytes);
    into.update((byte) 0);
    digest(into, weightsFile, weights);
  }

  private static void digest(MessageDigest into, Optional<Path> file, Optional<BytePointer> bytes)
      throws IOException {
    if (file.isPresent()) {
      into.update(Files.readAllBytes(file.get()));
    } else if (bytes.isPresent()) {
      ByteBuffer all = bytes.get().asByteBuffer();
      into.update(all);
    }
  }

  /** A failure that names the network. */
  AvocetException failure(Status status, String text) {
    return new AvocetException(status, name + ": " + text);
  }

  @Override
  public void close() {
    bytes.ifPresent(BytePointer::close);
    weights.ifPresent(BytePointer::close);
  }
}
