package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_core_create;
import static org.bytedeco.openvino.global.openvino.ov_core_free;

import dev.avocet.core.AvocetException;
import dev.avocet.core.internal.CacheFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openvino.ov_core_t;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what one network compiles to. The key is a digest of the network's files, the device and
 * the processor, OpenVINO's build, all properties, and what it was compiled for; so whatever
 * changes, is compiled anew. OpenVINO's own cache is not used: it goes by a file's path and time
 * stamp, takes no bytes, and trusts what lies in its folder.
 *
 * <p>OpenVINO imports under the properties of the core. So the first import makes a core of its
 * own, with this network's properties as those of its devices.
 *
 * <p>Confined to its {@link OvCompiler}.
 */
final class OvCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OvCache.class);

  /** Changes with the form of the files. */
  private static final String FORM = "avocet openvino 1";

  /** Properties that tell one device from another of the same kind; not every device has all. */
  private static final List<String> TELLING =
      List.of(
          "FULL_DEVICE_NAME",
          "DEVICE_ARCHITECTURE",
          "OPTIMIZATION_CAPABILITIES",
          "NPU_DRIVER_VERSION");

  private final OvRuntime runtime;
  private final OvSource source;
  private final OvOptions options;
  private final CacheFolder folder;
  private final byte[] network;
  private ov_core_t core;

  /**
   * A network's cache, or empty where none is asked for, or where the device cannot give away what
   * it has compiled.
   */
  static Optional<OvCache> of(OvRuntime runtime, OvSource source, OvOptions options) {
    if (options.cache().isEmpty()) {
      return Optional.empty();
    }
    String device = options.device().name();
    if (!runtime.hasCapability(options.device().kind(), "EXPORT_IMPORT")) {
      LOG.info("cache_dir has no effect for {}, which keeps no compiled networks", device);
      return Optional.empty();
    }
    return Optional.of(new OvCache(runtime, source, options, options.cache().get()));
  }

  private OvCache(OvRuntime runtime, OvSource source, OvOptions options, CacheFolder folder) {
    this.runtime = runtime;
    this.source = source;
    this.options = options;
    this.folder = folder;
    this.network = source.digest();
  }

  /** Whether the network's files are what they were when it was opened. */
  boolean isCurrent() {
    try {
      return Arrays.equals(network, source.digest());
    } catch (AvocetException e) {
      LOG.debug("{} cannot be read any more", source.name(), e);
      return false;
    }
  }

  /** See {@link CacheFolder#prepare}. */
  void prepare() {
    folder.prepare();
  }

  /**
   * What the network compiles to, from the folder; or empty where it is not there.
   *
   * @param purpose what it is compiled for, besides device and properties
   * @return for the caller to import or to close
   */
  Optional<OvKept> find(String purpose) {
    byte[] key = key(purpose);
    return folder.read(OvDigest.hex(key), key).map(OvKept::new);
  }

  /** Imports what was found; empty where OpenVINO refuses it. */
  Optional<OvExecutable> imported(OvKept kept) {
    try (BytePointer device = new BytePointer(options.device().name(), StandardCharsets.UTF_8)) {
      Optional<OvExecutable> executable = core().flatMap(own -> kept.imported(own, device));
      if (executable.isEmpty()) {
        kept.close();
        LOG.warn(
            "{}: OpenVINO does not take back what it compiled, it is compiled anew: {}",
            source.name(),
            OvRuntime.failure().text());
      }
      return executable;
    }
  }

  /** The core for imports; none where OpenVINO refuses a property. */
  private Optional<ov_core_t> core() {
    if (core == null) {
      ov_core_t made = new ov_core_t();
      OvRuntime.check(ov_core_create(made));
      if (!setProperties(made)) {
        ov_core_free(made);
        return Optional.empty();
      }
      core = made;
    }
    return Optional.of(core);
  }

  private boolean setProperties(ov_core_t core) {
    for (String member : options.device().members()) {
      for (Map.Entry<String, String> property : options.properties().entrySet()) {
        if (OvCompile.avocet_set_property(core, member, property.getKey(), property.getValue())
            != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Puts what the network was compiled to into the folder, unless its files have changed meanwhile.
   *
   * @throws AvocetException FAIL where the folder cannot be written to
   */
  void keep(String purpose, OvCompiled compiled) {
    if (!isCurrent()) {
      LOG.warn("{} changed while it was read; what it compiles to is not kept", source.name());
      return;
    }
    byte[] key = key(purpose);
    folder.write(OvDigest.hex(key), key, OvKept.head(compiled.facts()), compiled::export);
  }

  private byte[] key(String purpose) {
    List<String> parts = new ArrayList<>(List.of(FORM, runtime.build(), options.device().name()));
    for (String member : options.device().members()) {
      TELLING.forEach(property -> parts.add(runtime.property(member, property).orElse("")));
    }
    parts.add(processor());
    options.properties().forEach((key, value) -> parts.addAll(List.of(key, value)));
    parts.add(purpose);
    byte[] key = network;
    for (String part : parts) {
      key = OvDigest.of(key, part.getBytes(StandardCharsets.UTF_8));
    }
    return key;
  }

  /** What the processor can do, which its name does not tell where it is a virtual one. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the processor's abilities are not known", e);
      return "";
    }
  }

  @Override
  public void close() {
    if (core != null) {
      ov_core_free(core);
    }
  }
}
