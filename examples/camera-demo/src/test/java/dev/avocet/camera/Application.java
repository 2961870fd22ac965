package dev.avocet.camera;

import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.camera.run.CameraService;
import dev.avocet.core.net.OpenListener;
import dev.avocet.testing.SharedFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the tests of this application share: configurations, services, waiting. */
public final class Application {
  private Application() {}

  /** The detector that comes with the repository. */
  public static String parcels() {
    return Path.of(System.getProperty("avocet.root"), "models", "parcels").toString();
  }

  /** A detector of people and 79 other things. */
  public static String yolox() {
    return SharedFolder.resolve("assets/sdk-models/yolox_nano").toString();
  }

  /** A clip of 139 s in which people walk by, mostly one after another. */
  public static String people() {
    return SharedFolder.resolve("assets/video/one-by-one-person-detection.mp4").toString();
  }

  /** A configuration: sources as {@code name=input}, models with the first in use. */
  public static CameraConfig config(List<String> sources, String... models) {
    List<SourceConfig> cameras = new ArrayList<>();
    for (String source : sources) {
      int split = source.indexOf('=');
      cameras.add(new SourceConfig(source.substring(0, split), source.substring(split + 1)));
    }
    CameraConfig absent = CameraConfig.DEFAULT;
    return new CameraConfig(
        cameras,
        Optional.of(models[0]),
        List.of(models).subList(1, models.length),
        absent.device(),
        absent.score(),
        absent.server(),
        absent.results(),
        absent.clips());
  }

  /** Starts cameras that tell nobody of their changes. */
  public static CameraService service(CameraConfig config) {
    return service(config, Optional.empty());
  }

  /** Starts cameras. */
  public static CameraService service(CameraConfig config, Optional<Consumer<CameraConfig>> keep) {
    return CameraService.start(
        config,
        new CameraService.Surroundings(
            keep, new SimpleMeterRegistry(), OpenListener.NONE, () -> {}));
  }

  /** Waits until something is so, or fails after half a minute. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("30 s have not been enough until " + what);
      }
      Thread.sleep(20);
    }
  }
}
