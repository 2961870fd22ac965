package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A model in a zip file, unpacked into memory when it is opened. As in MMDeploy, files go by their
 * base names, whatever folder they lie in; a later entry replaces an earlier one of the same name.
 * Thread safe.
 */
final class ZipFiles implements ModelFiles {
  /** What a model is called that has no path. */
  static final String IN_MEMORY = "model in memory";

  /** All files together may have this many bytes. */
  static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  /** All files together may be this many times larger than what was read of the zip file. */
  static final int MAX_RATIO = 200;

  /** Less than this is not judged by its ratio: short texts pack well. */
  private static final int RATIO_FROM = 1 << 20;

  private final String origin;
  private volatile Map<String, byte[]> files;

  private ZipFiles(String origin, Map<String, byte[]> files) {
    this.origin = origin;
    this.files = files;
  }

  static ZipFiles read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw noModel(file.toString());
    }
    // Not a channel: the JDK opens sockets, to look around, for the first one of a process.
    try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e, e);
    }
  }

  static ZipFiles read(byte[] zip) {
    return read(IN_MEMORY, new ByteArrayInputStream(zip));
  }

  private static ZipFiles read(String origin, InputStream in) {
    try {
      Map<String, byte[]> files = new Unpacker(origin, in).unpack();
      if (files.isEmpty()) {
        throw noModel(origin);
      }
      return new ZipFiles(origin, files);
    } catch (ZipException | IllegalArgumentException e) {
      // Names that are not UTF-8 come as IllegalArgumentException.
      throw new AvocetException(
          Status.INVALID_ARG, origin + ": damaged zip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AvocetException(
          Status.INVALID_ARG, origin + ": the zip file ends too early or is damaged: " + e, e);
    } catch (OutOfMemoryError e) {
      // The files unpacked so far are garbage by now, so that the caller can go on.
      throw new AvocetException(
          Status.OUT_OF_MEMORY,
          origin + ": the unpacked model does not fit into the heap: raise -Xmx or use a folder",
          e);
    }
  }

  private static AvocetException noModel(String origin) {
    return AvocetException.invalidArgument(
        origin + ": neither a model folder nor a zip file with a model");
  }

  /** Reads one zip file from its start, trusting none of the sizes that it states. */
  private static final class Unpacker extends FilterInputStream {
    private final String origin;
    private final byte[] buffer = new byte[1 << 16];
    private long packed;
    private long unpacked;

    Unpacker(String origin, InputStream in) {
      super(in);
      this.origin = origin;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      packed += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      packed += Math.max(0, n);
      return n;
    }

    Map<String, byte[]> unpack() throws IOException {
      Map<String, byte[]> files = new TreeMap<>();
      try (ZipInputStream zip = new ZipInputStream(this)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          String[] parts = entry.getName().replace('\\', '/').split("/", -1);
          if (parts[0].isEmpty() || Arrays.asList(parts).contains("..")) {
            throw AvocetException.invalidArgument(
                origin + ": entry \"" + entry.getName() + "\" leaves the zip file");
          }
          String name = parts[parts.length - 1];
          if (entry.getSize() > MAX_BYTES - unpacked) {
            throw tooLarge();
          }
          byte[] bytes = unpack(entry, zip);
          if (!name.isEmpty()) {
            files.put(name, bytes);
          }
        }
      }
      return files;
    }

    private byte[] unpack(ZipEntry entry, InputStream zip) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
        unpacked += n;
        if (unpacked > MAX_BYTES) {
          throw tooLarge();
        }
        if (unpacked > RATIO_FROM && unpacked / MAX_RATIO > packed) {
          throw new AvocetException(
              Status.OUT_OF_RANGE,
              "%s: the zip file unpacks to more than %d times its size (entry \"%s\")"
                  .formatted(origin, MAX_RATIO, entry.getName()));
        }
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    }

    private AvocetException tooLarge() {
      return new AvocetException(
          Status.OUT_OF_RANGE, origin + ": a zipped model unpacks to at most 2 GB; use a folder");
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> open = files;
    if (open == null) {
      throw new AvocetException(Status.CLOSED, "the model " + origin + " is closed");
    }
    return open;
  }

  @Override
  public boolean has(String name) {
    return files().containsKey(name);
  }

  @Override
  public byte[] read(String name) {
    byte[] bytes = files().get(name);
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
    files = null;
  }
}
