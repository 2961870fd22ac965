package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.core.Image;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Makes the pictures of docs/camera.md in {@code target/screenshots}. With {@code
 * -Davocet.screenshots.write=true} it waits until the charts are full and writes them to {@code
 * docs/images} too, for a person to look at.
 */
class ScreenshotsTest {
  private static final int FULL_CHART_MILLIS = 125_000;
  private static final int MOST_BYTES = 250_000;
  private static final boolean WRITE = Boolean.getBoolean("avocet.screenshots.write");

  @Test
  void shouldShowThePageAsItIs(@TempDir Path folder) throws IOException, InterruptedException {
    Path table = folder.resolve("table.mp4");
    writeTable(table);
    try (Browser browser = Browser.desktop(1440, 960);
        RunningPage page =
            RunningPage.start(Files.createDirectory(folder.resolve("clips")), config(table))) {
      browser.theme("dark");
      browser.open(page.address().resolve("#token=" + RunningPage.TOKEN), "belt");
      browser.awaitFrames("table", 3);
      browser.awaitText("#clips-list", "belt");
      browser.awaitText("#tiles", "fps");
      Thread.sleep(WRITE ? FULL_CHART_MILLIS : 0);
      browser.await(
          "an object", "return document.querySelector('[data-source=table] li') !== null");
      browser.find("[data-source=table] li").click();
      browser.awaitFrames("table", 10);
      keep(browser, "camera-page");

      browser.theme("light");
      browser.press(Keys.ESCAPE);
      browser.awaitFrames("belt", 2);
      keep(browser, "camera-light");

      browser.theme("dark");
      browser.find("[aria-label='Edit lines and zones of table']").click();
      browser.awaitFrames("table", 2);
      keep(browser, "camera-scene");

      browser.open(page.address(), "belt");
      browser.size(360, 740, true);
      browser.awaitFrames("table", 10);
      browser.awaitText("#tiles", "fps");
      keep(browser, "camera-phone");
    }
  }

  private static CameraConfig config(Path table) {
    CameraConfig parcels = Application.config(List.of("belt=demo://"), Application.parcels());
    Scene.Line gate =
        new Scene.Line(
            "gate", new Point(0.5f, 0.06f), new Point(0.5f, 0.97f), Set.of(), Scene.Anchor.CENTRE);
    List<Point> corners =
        List.of(
            new Point(0.36f, 0.05f),
            new Point(0.97f, 0.05f),
            new Point(0.97f, 0.95f),
            new Point(0.36f, 0.95f));
    Scene.Zone scale = new Scene.Zone("scale", corners, Set.of(), Scene.Anchor.CENTRE);
    return new CameraConfig(
        List.of(
            new SourceConfig(
                "belt", "demo://", Optional.empty(), new Scene(List.of(gate), List.of())),
            new SourceConfig(
                "table", table.toString(), Optional.empty(), new Scene(List.of(), List.of(scale)))),
        parcels.model(),
        parcels.models(),
        parcels.device(),
        parcels.score(),
        parcels.server(),
        parcels.results(),
        parcels.clips());
  }

  /** A clip of 12 s: a window that goes round above one of the repository's rendered pictures. */
  private static void writeTable(Path file) {
    Path picture = Path.of(System.getProperty("avocet.root"), "examples/media/parcel-4.jpg");
    try (Image whole = Image.read(picture);
        FrameSink sink = FrameSinks.open(file.toString(), OptionalLong.empty(), 10)) {
      for (int i = 0; i < 120; i++) {
        double turn = 2 * Math.PI * i / 120;
        int x = (int) Math.round(106 + 90 * Math.sin(turn));
        int y = (int) Math.round(180 + 120 * Math.cos(turn));
        try (Image part = whole.region(new Rect(x, y, 1068, 600));
            Frame frame = Frame.of("table", i, 100.0 * i, part, () -> {})) {
          sink.write(frame, part);
        }
      }
      sink.finish();
    }
  }

  private static void keep(Browser browser, String name) throws IOException {
    byte[] picture = browser.screenshot();
    assertThat(picture).hasSizeBetween(20_000, MOST_BYTES);
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(name + ".jpg"), picture);
    if (WRITE) {
      Path docs = Path.of(System.getProperty("avocet.root"), "docs", "images");
      Files.write(docs.resolve(name + ".jpg"), picture);
    }
  }
}
