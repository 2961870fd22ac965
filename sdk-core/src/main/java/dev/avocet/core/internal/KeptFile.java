package dev.avocet.core.internal;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of what can be made again: the digest of its content under a key, then the content. One
 * that is damaged, cut short or of another key counts as none, which the log says. It appears whole
 * and on the disk, under its name, so that processes may write it at once: the last one's stays.
 * Thread safe.
 *
 * @param path of the file
 * @param key what the content was made from, a digest itself
 * @param digest how it is digested
 */
@SuppressWarnings("ArrayRecordComponent") // a checksum, never compared
public record KeptFile(Path path, byte[] key, Digest digest) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

  /** Makes checksums. */
  @FunctionalInterface
  public interface Digest {
    /** Bytes of a digest. */
    int SIZE = 32;

    /**
     * The digest of memory under a key, which is a digest itself.
     *
     * @param data off-heap, from its position to its limit, which stay
     */
    byte[] of(byte[] key, ByteBuffer data);
  }

  /**
   * The content, read and checked; or empty.
   *
   * @return for the caller to close
   */
  public Optional<Tensor> read() {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size() - Digest.SIZE;
      if (size <= 0 || size > Integer.MAX_VALUE) {
        return rejected("is not complete");
      }
      ByteBuffer expected = ByteBuffer.allocate(Digest.SIZE);
      fill(channel, expected);
      Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(size));
      try {
        fill(channel, content.bytes());
        if (Arrays.equals(expected.array(), digest.of(key, content.bytes()))) {
          return Optional.of(content);
        }
      } catch (IOException | RuntimeException e) {
        content.close();
        throw e;
      }
      content.close();
      return rejected("is damaged or belongs to something else");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return rejected("cannot be read: " + e);
    }
  }

  private Optional<Tensor> rejected(String why) {
    LOG.warn("{} {}; it is made anew", path, why);
    return Optional.empty();
  }

  /** Writes the content, in place of what is there; its folder has to be there. */
  public void write(Tensor content) throws IOException {
    Path temporary = temporary(path.toAbsolutePath().getParent());
    try {
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        drain(out, ByteBuffer.wrap(digest.of(key, content.bytes())));
        drain(out, content.bytes());
        // Else a power cut may leave the name without the content.
        out.force(true);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A new file that {@link CacheFolder} removes where its process has ended meanwhile. */
  static Path temporary(Path folder) throws IOException {
    return Files.createTempFile(folder, "avocet-", ".tmp");
  }

  static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }

  private static void drain(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
