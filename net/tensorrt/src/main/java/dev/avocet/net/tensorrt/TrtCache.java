package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.CacheFolder;
import dev.avocet.core.internal.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine that one network was built to. Its file is named by what was built, a checksum
 * of the network, the meta info's shapes, the options and the plugins, and by the {@link TrtPlace}
 * that it was built for: so a file for another place is seen, and one for this place is made beside
 * it. The file holds a checksum under both; a magic word and a text for people; the engine.
 *
 * @param folder where the files are
 * @param built checksum of what is built
 * @param place what it is built for
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record TrtCache(CacheFolder folder, byte[] built, TrtPlace place) {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);

  /** Changes with the form of the files. */
  private static final String MAGIC = "avocet tensorrt engine 1\n";

  /** The engine begins at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private static final int NAME_BYTES = 16;

  /**
   * A network's cache, or empty where none is wanted.
   *
   * @throws AvocetException FAIL where a file cannot be read
   */
  static Optional<TrtCache> of(TrtSource source, TrtMeta meta, TrtOptions options, TrtPlace place) {
    return options
        .cache()
        .map(
            path ->
                new TrtCache(
                    new CacheFolder(path, options.cacheBytes(), "engine", Sha256::of),
                    built(source, meta, options),
                    place));
  }

  private static byte[] built(TrtSource source, TrtMeta meta, TrtOptions options) {
    byte[] digest = source.digest();
    try {
      for (Path plugin : options.plugins()) {
        digest = TrtSource.digest(digest, plugin);
      }
      if (options.calibration().isPresent()) {
        digest = Sha256.of(digest, calibration(options.calibration().get()));
      }
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, "plugins or calibration cannot be read: " + e, e);
    }
    String shapes = new TreeMap<>(meta.ranges()) + " " + meta.batch();
    return Sha256.of(digest, MAGIC + options.building() + " " + shapes);
  }

  /** Of tensors only names, sizes and times: they may be gigabytes. */
  private static String calibration(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return HexFormat.of().formatHex(TrtSource.digest(Sha256.none(), path));
    }
    TreeSet<String> entries = new TreeSet<>();
    try (DirectoryStream<Path> inputs = Files.newDirectoryStream(path)) {
      for (Path input : inputs) {
        entries.add(entry(path, input));
        if (Files.isDirectory(input)) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(input)) {
            for (Path file : files) {
              entries.add(entry(path, file));
            }
          }
        }
      }
    }
    return entries.toString();
  }

  private static String entry(Path folder, Path file) throws IOException {
    return "%s %d %s"
        .formatted(folder.relativize(file), Files.size(file), Files.getLastModifiedTime(file));
  }

  private String prefix() {
    return HexFormat.of().formatHex(built, 0, NAME_BYTES) + "_";
  }

  private String name() {
    return prefix() + place.fileName();
  }

  private byte[] key() {
    return Sha256.of(built, place.toString());
  }

  /** The engine for this place, or empty where none is kept that is whole. */
  Optional<TrtPlan> find() {
    return folder.read(name(), key()).map(TrtCache::plan);
  }

  private static TrtPlan plan(Tensor content) {
    int begin = content.bytes().order(ByteOrder.BIG_ENDIAN).getInt(MAGIC.length());
    BytePointer data = new BytePointer(content.bytes()).position(begin);
    return new TrtPlan(data, content.byteSize() - begin, content::close);
  }

  /** Where the same network is kept for other places, for people; empty for none. */
  List<String> others() {
    return folder.names(prefix()).stream()
        .filter(name -> !name.equals(name()))
        .map(name -> "TensorRT " + name.substring(prefix().length()).replaceFirst("_", " on "))
        .toList();
  }

  /** Keeps an engine; where that is not possible there is a warning, and it is built again. */
  void keep(Pointer plan, long size) {
    byte[] head = head();
    if (head.length + size > Integer.MAX_VALUE) {
      LOG.warn("an engine of {} bytes is not kept, only those below 2 GiB", size);
      return;
    }
    try (Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(head.length + size))) {
      ByteBuffer buffer = content.bytes().put(head);
      buffer.put(new BytePointer(plan).capacity(size).asByteBuffer());
      folder.write(name(), key(), content);
    } catch (AvocetException e) {
      LOG.warn(
          "the engine is not kept and will be built again at the next start: {}", e.getMessage());
    }
  }

  private byte[] head() {
    byte[] text = (MAGIC + "    " + place + "\n").getBytes(StandardCharsets.UTF_8);
    int begin = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocate(begin).put(text).putInt(MAGIC.length(), begin).array();
  }

  /** Keeps what a calibration found, as TensorRT writes it, for the option {@code calibration}. */
  void keepCalibration(byte[] table) {
    Path file =
        folder
            .path()
            .resolve("avocet-" + HexFormat.of().formatHex(built, 0, NAME_BYTES) + ".calibration");
    try {
      Files.createDirectories(folder.path());
      Path temporary = Files.createTempFile(folder.path(), "avocet-", ".tmp");
      try {
        Files.write(temporary, table);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      LOG.info("the calibration is in {}, for calibration=FILE on boxes without the tensors", file);
    } catch (IOException e) {
      LOG.warn("the calibration cannot be kept: {}", e.toString());
    }
  }
}
