package dev.avocet.core.internal.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small files in which the kernel tells of the machine, below a root folder. A file that is
 * missing, or that the driver cannot fill just now, is empty; one that this process may not read is
 * remembered. Thread safe.
 */
public final class SysTree {
  private static final Logger LOG = LoggerFactory.getLogger(SysTree.class);

  /** More than any of the files has; what is above is not read. */
  private static final int MOST_BYTES = 1 << 18;

  private static final int MOST_CHILDREN = 4096;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

  /** How a file's bytes are had; another one only in tests, since root may read everything. */
  interface Reader {
    byte[] read(Path file) throws IOException;
  }

  private final Path root;
  private final Reader reader;

  /** What each file that may not be read needs, by its path. */
  private final Map<String, String> unreadable = new TreeMap<>();

  /**
   * A tree.
   *
   * @param root has {@code proc}, {@code sys} and {@code etc}
   */
  public SysTree(Path root) {
    this(root, SysTree::start);
  }

  SysTree(Path root, Reader reader) {
    this.root = root;
    this.reader = reader;
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES);
    }
  }

  /**
   * A file's text without white space and zero bytes at its ends; empty where there is none.
   *
   * @param path below the root, without a slash at its beginning
   */
  public Optional<String> text(String path) {
    return raw(path).map(text -> text.replace('\0', ' ').strip()).filter(text -> !text.isEmpty());
  }

  /** A file's strings, each ended by a zero byte, as a device tree has them. */
  public List<String> strings(String path) {
    return raw(path).map(text -> List.of(text.split("\0", -1))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private Optional<String> raw(String path) {
    Path file = root.resolve(path);
    try {
      return Optional.of(new String(reader.read(file), StandardCharsets.ISO_8859_1));
    } catch (AccessDeniedException e) {
      refused(path, file);
    } catch (IOException e) {
      // Also a sensor whose part has no power just now.
      LOG.trace("{}: {}", file, e.toString());
    }
    return Optional.empty();
  }

  /** A file's first number, which may have a unit behind it. */
  public OptionalDouble number(String path) {
    Optional<String> first = text(path).map(text -> text.split("\\s", 2)[0]);
    return first.isPresent() && NUMBER.matcher(first.get()).matches()
        ? OptionalDouble.of(Double.parseDouble(first.get()))
        : OptionalDouble.empty();
  }

  /**
   * Paths of what is in a folder, those with smaller numbers in their names first.
   *
   * @param folder below the root
   * @param name what names have to match
   */
  public List<String> children(String folder, String name) {
    Path at = root.resolve(folder);
    Pattern pattern = Pattern.compile(name);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
      for (Path entry : entries) {
        String file = entry.getFileName().toString();
        if (names.size() < MOST_CHILDREN && pattern.matcher(file).matches()) {
          names.add(file);
        }
      }
    } catch (AccessDeniedException e) {
      refused(folder, at);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.trace("{}: {}", at, e.toString());
    }
    names.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    return names.stream().map(n -> folder + "/" + n).toList();
  }

  /** Whether there is such a file or folder. */
  public boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  /** The last part of a path. */
  public static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void refused(String path, Path file) {
    String needs = needs(file);
    synchronized (unreadable) {
      if (unreadable.put(path, needs) == null) {
        LOG.debug("{} is not readable, it needs {}", file, needs);
      }
    }
  }

  /** Who may read a file. */
  private static String needs(Path file) {
    try {
      PosixFileAttributes of =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean group =
          of.permissions().contains(PosixFilePermission.GROUP_READ)
              && !of.group().getName().equals("root");
      return group ? "group " + of.group().getName() : of.owner().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "root";
    }
  }

  /** Files that this process may not read, in words: {@code sys/… (needs root)}. */
  public List<String> unreadable() {
    synchronized (unreadable) {
      return unreadable.entrySet().stream()
          .map(file -> "/%s (needs %s)".formatted(file.getKey(), file.getValue()))
          .toList();
    }
  }
}
