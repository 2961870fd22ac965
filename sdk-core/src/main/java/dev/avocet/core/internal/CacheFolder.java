package dev.avocet.core.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of compiled networks, each in a {@link KeptFile} under the key of what it was made from.
 * Processes may share the folder; those used least lately go where it grows beyond its limit.
 * Thread safe.
 *
 * @param path the folder, made when something is kept in it
 * @param limit most bytes of all files together, but for the last that was kept
 * @param ending of the files' names, which begin with {@code avocet-}
 * @param digest how they are digested
 */
public record CacheFolder(Path path, long limit, String ending, KeptFile.Digest digest) {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

  private static final String BEGINNING = "avocet-";

  /** After so long nobody writes to a temporary file any more. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** Writes a compiled network to a file. */
  @FunctionalInterface
  public interface Export {
    /** Writes it, in place of what is there. */
    void to(Path file) throws IOException;
  }

  /**
   * The content kept under a key, read and checked; or empty.
   *
   * @param name of the file, without the folder's beginning and ending
   * @return for the caller to close
   */
  public Optional<Tensor> read(String name, byte[] key) {
    Path file = file(name);
    Optional<Tensor> content = new KeptFile(file, key, digest).read();
    if (content.isPresent()) {
      touch(file);
    }
    return content;
  }

  /** Names that begin so, of what is kept; none where the folder cannot be read. */
  public List<String> names(String prefix) {
    List<String> names = new ArrayList<>();
    String suffix = "." + ending;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(BEGINNING + prefix) && name.endsWith(suffix)) {
          names.add(name.substring(BEGINNING.length(), name.length() - suffix.length()));
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be listed", path, e);
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  /**
   * Makes the folder and finds out whether it can be written to.
   *
   * @throws AvocetException FAIL where it cannot
   */
  public void prepare() {
    try {
      Files.createDirectories(path);
      Files.delete(KeptFile.temporary(path));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Keeps what an engine writes into a file itself, after its head. An engine may not say when the
   * disk is full while it writes; but then there is no room either for the checked copy, which is
   * what is kept.
   *
   * @throws AvocetException FAIL where that is not possible
   */
  public void write(String name, byte[] key, byte[] head, Export export) {
    try {
      Files.createDirectories(path);
      Path exported = KeptFile.temporary(path);
      try {
        export.to(exported);
        copy(name, key, head, exported);
      } finally {
        Files.deleteIfExists(exported);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void copy(String name, byte[] key, byte[] head, Path from) throws IOException {
    try (FileChannel in = FileChannel.open(from)) {
      long size = head.length + in.size();
      if (size > Integer.MAX_VALUE) {
        LOG.warn("a compiled network of {} bytes is not kept, only those below 2 GiB", in.size());
        return;
      }
      if (in.size() == 0) {
        throw new IOException("nothing could be written to " + from);
      }
      try (Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(size))) {
        KeptFile.fill(in, content.bytes().put(head));
        keep(name, key, content);
      }
    }
  }

  /**
   * Keeps a compiled network in place of what is there.
   *
   * @throws AvocetException FAIL where that is not possible
   */
  public void write(String name, byte[] key, Tensor content) {
    try {
      Files.createDirectories(path);
      keep(name, key, content);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void keep(String name, byte[] key, Tensor content) throws IOException {
    new KeptFile(file(name), key, digest).write(content);
    clear(file(name));
  }

  private Path file(String name) {
    return path.resolve(BEGINNING + name + "." + ending);
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
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path, BEGINNING + "*.{" + ending + ",tmp}")) {
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
