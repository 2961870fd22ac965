package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.KeptFile;
import dev.avocet.core.internal.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how long layers took on this GPU, so that the next engine with such layers is built faster.
 * The file holds what TensorRT writes, below a checksum.
 *
 * @param file of one {@link TrtPlace}
 */
record TrtTiming(KeptFile file) {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);

  /** A larger one is begun anew: it grows with each network. */
  private static final long MOST = 64L << 20;

  /** Of the options and the place, or empty where none is wanted. */
  static Optional<TrtTiming> of(TrtOptions options, TrtPlace place) {
    return options
        .timingCache()
        .map(
            path ->
                options.timingCache().equals(options.cache())
                    ? path.resolve("timing_" + place.fileName() + ".cache")
                    : path)
        .map(
            path ->
                new TrtTiming(
                    new KeptFile(path, Sha256.of(Sha256.none(), place.toString()), Sha256::of)));
  }

  /**
   * Gives the builder what was measured before.
   *
   * @return to {@link #save} and then to free, once the configuration has been
   */
  ITimingCache attach(IBuilderConfig config, TrtLog log) {
    try (Tensor content = file.read().filter(TrtTiming::fits).orElse(null)) {
      if (content != null) {
        try (BytePointer data = new BytePointer(content.bytes())) {
          ITimingCache cache = config.createTimingCache(data, content.byteSize());
          if (cache != null && config.setTimingCache(cache, false)) {
            return cache;
          }
          TrtObjects.free(cache);
          LOG.warn(
              "{}: TensorRT does not take the measured times back; they are measured anew: {}",
              file.path(),
              log.failure().text());
        }
      }
    }
    ITimingCache cache = config.createTimingCache(new Pointer(), 0);
    if (cache == null || !config.setTimingCache(cache, false)) {
      throw log.failure().toException(Status.FAIL, "no cache of measured times can be made");
    }
    return cache;
  }

  private static boolean fits(Tensor content) {
    if (content.byteSize() > MOST) {
      content.close();
      return false;
    }
    return true;
  }

  /** Keeps what has been measured; where that is not possible there is a warning. */
  void save(ITimingCache cache) {
    IHostMemory memory = cache.serialize();
    if (memory == null || memory.size() == 0) {
      LOG.warn("TensorRT does not give away the measured times");
      return;
    }
    try (Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(memory.size()))) {
      content.bytes().put(new BytePointer(memory.data()).capacity(memory.size()).asByteBuffer());
      Path folder = file.path().toAbsolutePath().getParent();
      Files.createDirectories(folder);
      file.write(content);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written, the next engine is measured anew: {}", file.path(), e.toString());
    } finally {
      TrtObjects.free(memory);
    }
  }
}
