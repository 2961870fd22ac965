package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.LibraryFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer_plugin;
import org.bytedeco.tensorrt.nvinfer.IPluginRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries of plugins that this process has loaded: TensorRT's own ({@code EfficientNMS_TRT}
 * and others), and those of applications, as MMDeploy's ({@code TRTBatchedNMS} and others). A
 * library stays, for engines may need it as long as they live. Thread safe.
 */
final class TrtPlugins {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);
  private static final Set<Path> LOADED = new HashSet<>();

  /** Of the loader's words. */
  private static final int MOST_BYTES = 1024;

  private static boolean ownRegistered;

  private TrtPlugins() {}

  /**
   * Loads TensorRT's own plugins, and libraries that are not loaded yet.
   *
   * @throws AvocetException FILE_NOT_FOUND where there is no such file, INVALID_ARG with the
   *     loader's words where it does not load or has no plugins
   */
  static synchronized void load(TrtLog log, List<Path> libraries) {
    if (!ownRegistered) {
      log.clear();
      if (!nvinfer_plugin.initLibNvInferPlugins(log, "")) {
        throw log.failure().toException(Status.FAIL, "TensorRT's own plugins do not load");
      }
      ownRegistered = true;
    }
    for (Path library : libraries) {
      Path file = library.toAbsolutePath().normalize();
      if (!LOADED.contains(file)) {
        loadOne(log, file);
        LOADED.add(file);
      }
    }
  }

  private static void loadOne(TrtLog log, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "plugins=" + file + ": there is no such file");
    }
    IPluginRegistry registry = nvinfer.getPluginRegistry();
    int before = count(registry);
    byte[] reason = new byte[MOST_BYTES];
    if (!TrtGlue.avocet_load_plugins(file.toString(), reason, reason.length)) {
      String words = new String(reason, StandardCharsets.UTF_8);
      throw AvocetException.invalidArgument(
          "plugins=%s cannot be loaded: %s"
              .formatted(
                  file, LibraryFiles.flaw(file).orElse(words.substring(0, words.indexOf('\0')))));
    }
    log.clear();
    if (TrtGlue.avocet_lists_plugins(file.toString())
        && registry.loadLibrary(file.toString()) == null) {
      throw log.failure()
          .toException(Status.INVALID_ARG, "plugins=" + file + " is refused by TensorRT");
    }
    int added = count(registry) - before;
    if (added == 0) {
      throw AvocetException.invalidArgument(
          "plugins=%s brings no plugin: it is no library of plugins for TensorRT %d, or all of its plugins are there already under their names"
              .formatted(file, nvinfer.NV_TENSORRT_MAJOR));
    }
    LOG.info("{} brings {} plugins", file, added);
  }

  private static int count(IPluginRegistry registry) {
    try (IntPointer count = new IntPointer(1)) {
      count.put(0);
      registry.getAllCreators(count);
      return count.get();
    }
  }
}
