package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.onnxruntime.OrtSession;

/**
 * The optimised network that ONNX Runtime writes once, so that later starts need not optimise
 * again. It is a valid ONNX file; appended to it is one entry of its metadata that says what it was
 * made from (network, release, options, processor) and the checksum of all before it. A file that
 * does not match, or is damaged, is written anew.
 */
final class OptimizedModel {
  private static final String ENTRY = "avocet.optimized";
  private static final int NO_OPTIMIZATION = 0;

  private final OrtSessions sessions;
  private final OrtSessions.Source source;
  private final Path cache;
  private final String settings;

  OptimizedModel(
      OrtRuntime runtime, OrtSessions sessions, OrtSessions.Source source, OrtOptions options) {
    if (!source.name().toLowerCase(java.util.Locale.ROOT).contains(".onnx")) {
      throw AvocetException.invalidArgument(
          "optimized_model is for .onnx files, %s is not one".formatted(source.name()));
    }
    this.sessions = sessions;
    this.source = source;
    this.cache = options.optimizedModel().orElseThrow();
    this.settings =
        String.join(
            "\n",
            runtime.version(),
            Integer.toString(options.level()),
            options.providers().toString(),
            options.customOps().toString(),
            processor());
  }

  /** A session on the cached network, or on the original, which is then cached. */
  OrtSession open() {
    try {
      String key = key();
      Optional<OrtSession> cached = isCurrent(key) ? reopen() : Optional.empty();
      return cached.isPresent() ? cached.get() : create(key);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, "optimized_model=%s: %s".formatted(cache, e), e);
    }
  }

  private Optional<OrtSession> reopen() {
    try {
      return Optional.of(
          sessions.open(
              new OrtSessions.Source(cache.toString(), cache, null), NO_OPTIMIZATION, null));
    } catch (AvocetException e) {
      return Optional.empty();
    }
  }

  private OrtSession create(String key) throws IOException {
    Files.createDirectories(cache.getParent());
    Path temporary = Files.createTempFile(cache.getParent(), "." + cache.getFileName(), ".tmp");
    OrtSession session = null;
    try {
      session = sessions.openAndSave(source, temporary);
      byte[] entry = entry(key, digest(temporary, Files.size(temporary)));
      Files.write(temporary, entry, StandardOpenOption.APPEND);
      Files.move(
          temporary, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return session;
    } catch (IOException | RuntimeException e) {
      if (session != null) {
        sessions.release(session);
      }
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private boolean isCurrent(String key) throws IOException {
    int length = entry(key, key).length;
    if (!Files.isRegularFile(cache) || Files.size(cache) <= length) {
      return false;
    }
    long body = Files.size(cache) - length;
    byte[] expected = entry(key, digest(cache, body));
    try (InputStream in = Files.newInputStream(cache)) {
      in.skipNBytes(body);
      return Arrays.equals(expected, in.readAllBytes());
    }
  }

  private String key() throws IOException {
    String network;
    if (source.path() == null) {
      byte[] bytes = source.bytes().array();
      network = digest(new ByteArrayInputStream(bytes), bytes.length);
    } else {
      network = digest(source.path(), Files.size(source.path()));
    }
    byte[] all = (settings + "\n" + network).getBytes(StandardCharsets.UTF_8);
    return digest(new ByteArrayInputStream(all), all.length);
  }

  /** ONNX's {@code metadata_props}, field 14 of its model: an entry of key 1 and value 2. */
  private static byte[] entry(String key, String checksum) {
    ByteArrayOutputStream pair = new ByteArrayOutputStream();
    field(pair, 1, ENTRY.getBytes(StandardCharsets.US_ASCII));
    field(pair, 2, (key + checksum).getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, 14, pair.toByteArray());
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write((number << 3) | 2);
    int length = value.length;
    while (length > 0x7F) {
      out.write((length & 0x7F) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
  }

  private static String digest(Path file, long length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return digest(in, length);
    }
  }

  private static String digest(InputStream in, long length) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      long left = length;
      while (left > 0) {
        int n = in.read(block, 0, (int) Math.min(block.length, left));
        if (n < 0) {
          throw new IOException("the file became shorter while it was read");
        }
        sha.update(block, 0, n);
        left -= n;
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What the processor can do; the optimised network depends on it. */
  private static String processor() {
    String architecture = System.getProperty("os.arch");
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(info)) {
      List<String> features =
          lines.filter(l -> l.startsWith("flags") || l.startsWith("Features")).limit(1).toList();
      return architecture + features;
    } catch (IOException | UncheckedIOException e) {
      return architecture;
    }
  }
}
