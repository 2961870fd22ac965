package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A model in a zip file, unpacked into memory when it is opened. As in MMDeploy, files go by their
 * base names, whatever folder they lie in; a later entry replaces an earlier one of the same name.
 */
final class ZipFiles implements ModelFiles {
  /** All files together may have this many bytes. */
  static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  /** A file may be this many times larger than its compressed form. */
  static final int MAX_RATIO = 200;

  /** Files below this size are not judged by their ratio: short texts pack well. */
  private static final int RATIO_FROM = 1 << 20;

  private final String origin;
  private final Map<String, byte[]> files;

  private ZipFiles(String origin, Map<String, byte[]> files) {
    this.origin = origin;
    this.files = files;
  }

  static ZipFiles read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file.toString());
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(file.toString(), in);
      }
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static ZipFiles read(byte[] zip) {
    return read("model in memory", new ByteArrayInputStream(zip));
  }

  private static ZipFiles read(String origin, InputStream in) {
    CountingInputStream counting = new CountingInputStream(in);
    Map<String, byte[]> files = new TreeMap<>();
    long total = 0;
    try (ZipInputStream zip = new ZipInputStream(counting)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replace('\\', '/');
        if (leavesFolder(name)) {
          throw AvocetException.invalidArgument(
              origin + ": entry \"" + entry.getName() + "\" leaves the zip file");
        }
        if (entry.isDirectory()) {
          continue;
        }
        byte[] bytes = unpack(origin, entry.getName(), zip, counting, MAX_BYTES - total);
        total += bytes.length;
        files.put(name.substring(name.lastIndexOf('/') + 1), bytes);
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new AvocetException(
          Status.INVALID_ARG, origin + ": damaged zip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AvocetException(
          Status.INVALID_ARG, origin + ": the zip file ends too early or is damaged", e);
    }
    if (files.isEmpty()) {
      throw AvocetException.invalidArgument(
          origin + ": neither a model folder nor a zip file with a model");
    }
    return new ZipFiles(origin, files);
  }

  private static boolean leavesFolder(String name) {
    if (name.startsWith("/")) {
      return true;
    }
    for (Path part : Path.of(name)) {
      if (part.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static byte[] unpack(
      String origin, String name, InputStream zip, CountingInputStream packed, long room)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    long start = packed.count;
    for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > room) {
        throw tooLarge(origin);
      }
      // The unpacker reads ahead by at most its own buffer; that is in the caller's favour.
      long in = Math.max(1, packed.count - start);
      if (out.size() > RATIO_FROM && out.size() / in > MAX_RATIO) {
        throw new AvocetException(
            Status.OUT_OF_RANGE,
            "%s: entry \"%s\" unpacks to more than %d times its size"
                .formatted(origin, name, MAX_RATIO));
      }
    }
    return out.toByteArray();
  }

  private static AvocetException tooLarge(String origin) {
    return new AvocetException(
        Status.OUT_OF_RANGE, origin + ": a zipped model holds at most 2 GB; use a folder");
  }

  /** Counts what has been read, to know an entry's packed size while it is being unpacked. */
  private static final class CountingInputStream extends java.io.FilterInputStream {
    private long count;

    CountingInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(0, n);
      return n;
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public byte[] read(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + origin + " has no file " + name);
    }
    return bytes;
  }

  @Override
  public Optional<Path> path(String name) {
    return Optional.empty();
  }

  @Override
  public void close() {
    files.clear();
  }
}
