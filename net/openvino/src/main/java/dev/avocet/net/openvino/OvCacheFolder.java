package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of compiled networks, each in a file that is named by the key of what it was made from
 * and begins with the digest of its content under that key: a file that is damaged, cut short or
 * belongs to another key is none. Files appear whole, under their final name, so that processes may
 * share the folder; those used least lately go where it grows beyond its limit. Thread safe.
 *
 * @param path the folder, made when something is kept in it
 * @param limit most bytes of all files together, but for the last that was kept
 */
record OvCacheFolder(Path path, long limit) {
  private static final Logger LOG = LoggerFactory.getLogger(OvCacheFolder.class);

  /** Files of ours; whatever else lies in the folder is left alone. */
  private static final String OURS = "avocet-*.{blob,tmp}";

  /** After so long nobody writes to a temporary file any more. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** Writes a compiled network to a file. */
  interface Export {
    void to(Path file) throws IOException;
  }

  /**
   * The content kept under a key, read and checked; or empty.
   *
   * @return for the caller to close
   */
  Optional<Tensor> read(byte[] key) {
    Path file = file(key);
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size() - OvDigest.SIZE;
      if (size <= 0 || size > Integer.MAX_VALUE) {
        return rejected(file, "is not complete");
      }
      byte[] digest = new byte[OvDigest.SIZE];
      fill(channel, ByteBuffer.wrap(digest));
      Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(size));
      try {
        fill(channel, content.bytes());
        if (Arrays.equals(digest, digest(key, content))) {
          touch(file);
          return Optional.of(content);
        }
      } catch (IOException | RuntimeException e) {
        content.close();
        throw e;
      }
      content.close();
      return rejected(file, "is damaged or belongs to something else");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return rejected(file, "cannot be read: " + e);
    }
  }

  private static Optional<Tensor> rejected(Path file, String why) {
    LOG.warn("the compiled network {} {}; it is made anew", file, why);
    return Optional.empty();
  }

  /**
   * Makes the folder and finds out whether it can be written to.
   *
   * @throws AvocetException FAIL where it cannot
   */
  void prepare() {
    try {
      Files.createDirectories(path);
      Files.delete(temporary());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Keeps a compiled network, after its head, under a key, in place of what is there. OpenVINO does
   * not say when the disk is full while it writes; but then there is no room either for the checked
   * copy, which is what is kept.
   *
   * @throws AvocetException FAIL where that is not possible
   */
  void write(byte[] key, byte[] head, Export export) {
    try {
      Files.createDirectories(path);
      Path exported = temporary();
      Path checked = null;
      try {
        export.to(exported);
        checked = temporary();
        if (copy(key, head, exported, checked)) {
          Files.move(
              checked,
              file(key),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
          clear(file(key));
        }
      } finally {
        Files.deleteIfExists(exported);
        if (checked != null) {
          Files.deleteIfExists(checked);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private boolean copy(byte[] key, byte[] head, Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from);
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long size = head.length + in.size();
      if (size > Integer.MAX_VALUE) {
        LOG.warn("a compiled network of {} bytes is not kept, only those below 2 GiB", in.size());
        return false;
      }
      if (in.size() == 0) {
        throw new IOException("nothing could be written to " + from);
      }
      try (Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(size))) {
        fill(in, content.bytes().put(head));
        drain(out, ByteBuffer.wrap(digest(key, content)));
        drain(out, content.bytes());
      }
      return true;
    }
  }

  private static byte[] digest(byte[] key, Tensor content) {
    try (BytePointer bytes = new BytePointer(content.bytes())) {
      return OvDigest.of(key, bytes, content.byteSize());
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
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

  private Path file(byte[] key) {
    return path.resolve("avocet-" + HexFormat.of().formatHex(key) + ".blob");
  }

  private Path temporary() throws IOException {
    return Files.createTempFile(path, "avocet-", ".tmp");
  }

  /** Says that a file has been used just now; a folder that is only read needs not say. */
  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("{} cannot be marked as used", file, e);
    }
  }

  private record Entry(Path file, Instant used, long size) {
    boolean temporary() {
      return file.toString().endsWith(".tmp");
    }
  }

  /** Removes what was used least lately, and what a process that was killed has left. */
  private void clear(Path kept) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, OURS)) {
      for (Path file : files) {
        try {
          entries.add(
              new Entry(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
        } catch (NoSuchFileException e) {
          LOG.debug("{} has been removed meanwhile", file);
        }
      }
    }
    Instant abandoned = Instant.now().minus(ABANDONED);
    entries.sort(Comparator.comparing(Entry::used));
    long total = entries.stream().filter(entry -> !entry.temporary()).mapToLong(Entry::size).sum();
    for (Entry entry : entries) {
      if (entry.temporary()) {
        if (entry.used().isBefore(abandoned)) {
          Files.deleteIfExists(entry.file());
        }
      } else if (total > limit && !kept.equals(entry.file())) {
        Files.deleteIfExists(entry.file());
        total -= entry.size();
      }
    }
  }

  private AvocetException unwritable(IOException e) {
    return new AvocetException(
        Status.FAIL,
        "cache_dir=%s cannot be written: %s; name a folder with room that this user may write to, or leave the option away"
            .formatted(path, e),
        e);
  }
}
