package dev.avocet.camera;

import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ConfigFile;
import dev.avocet.camera.run.CameraService;
import dev.avocet.core.net.OpenListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application by itself, as {@code avocet camera} runs it too: takes a configuration's path.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /**
   * Runs until SIGTERM.
   *
   * @param args path of the configuration, {@link ConfigFile} says what is in it
   */
  public static void main(String[] args) throws InterruptedException {
    Path file = Path.of(args[0]);
    CameraConfig config = ConfigFile.read(file);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CameraService cameras =
        CameraService.start(
            config,
            new CameraService.Surroundings(
                Optional.of(changed -> ConfigFile.write(file, changed)),
                registry,
                OpenListener.NONE,
                () -> Runtime.getRuntime().halt(1)));
    CameraApp app =
        CameraApp.start(config, cameras, registry, new FileOutputStream(FileDescriptor.out));
    Runtime.getRuntime().addShutdownHook(new Thread(app::close, "avocet-camera-end"));
    LOG.info("the page is at {}, its token is {}", app.address(), app.token());
    new CountDownLatch(1).await();
  }
}
