package dev.avocet.camera.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.camera.Application;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.camera.seen.Found;
import dev.avocet.camera.seen.Observation;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.Point;
import dev.avocet.core.Status;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CameraServiceTest {
  private static final String BELT = "belt=demo://";

  @Test
  void shouldFollowTheCodesOfTheDemonstration() throws InterruptedException {
    try (CameraService service =
        Application.service(Application.config(List.of(BELT), Application.parcels()))) {
      Collected seen = new Collected(true);
      service.add(seen);
      Application.await("40 frames are seen", () -> seen.of("belt").size() >= 40);
      List<Observation> frames = seen.of("belt");
      assertThat(frames).extracting(Observation::frame).isSorted().doesNotHaveDuplicates();
      assertThat(frames).extracting(Observation::model).containsOnly("parcels");
      List<Found> found = frames.stream().flatMap(f -> f.found().stream()).toList();
      assertThat(found).extracting(Found::label).isSubsetOf("qr_code", "data_matrix", "barcode");
      // The belt moves by 6 pixels a frame to the left, and so has whatever keeps its number.
      Found last = frames.get(frames.size() - 1).found().get(0);
      Observation first =
          frames.stream().filter(f -> has(f, last.trackId().getAsLong())).findFirst().orElseThrow();
      long steps = frames.get(frames.size() - 1).frame() - first.frame();
      float moved = box(first, last.trackId().getAsLong()).x1() - last.box().get().x1();
      assertThat(steps).isPositive();
      assertThat((double) moved).isBetween(6.0 * steps - 25, 6.0 * steps + 25);
      try (Image picture =
          ImageCodec.installed()
              .decode(ByteBuffer.wrap(frames.get(0).jpeg().get()), ImageCodec.Options.DEFAULT)) {
        assertThat(picture.width()).isEqualTo(frames.get(0).width()).isEqualTo(854);
      }
    }
  }

  private static boolean has(Observation frame, long id) {
    return frame.found().stream().anyMatch(f -> f.trackId().orElse(-1) == id);
  }

  private static dev.avocet.Box box(Observation frame, long id) {
    return frame.found().stream()
        .filter(f -> f.trackId().orElse(-1) == id)
        .findFirst()
        .orElseThrow()
        .box()
        .orElseThrow();
  }

  @Test
  void shouldAccountForEveryFrame() throws InterruptedException {
    String pattern = "test://?size=320x240&fps=200&frames=400";
    try (CameraService service =
        Application.service(
            Application.config(List.of("a=" + pattern, "b=" + pattern), Application.parcels()))) {
      for (String source : service.sources()) {
        Application.await(
            "the clip was played twice", () -> service.summary(source).reopened() >= 2);
        // What has ended is counted whole, of the present round at least what was taken.
        CameraState.Summary summary = service.summary(source);
        Observation last = service.latest(source).orElseThrow();
        long counted = summary.frames() + summary.dropped() + summary.failed();
        assertThat(summary.dropped()).isPositive();
        assertThat(counted).isBetween(last.frame() - 400, last.frame() + 400);
        assertThat(counted).isGreaterThanOrEqualTo(2 * 400 - 1);
      }
    }
  }

  @Test
  void shouldMakePicturesOnlyWhereTheyAreWanted() throws InterruptedException {
    try (CameraService service =
        Application.service(Application.config(List.of(BELT), Application.parcels()))) {
      Collected seen = new Collected(false);
      service.add(seen);
      Application.await("5 frames are seen", () -> seen.of("belt").size() >= 5);
      assertThat(seen.of("belt")).allSatisfy(o -> assertThat(o.jpeg()).isEmpty());
      service.remove(seen);
      int then = seen.of("belt").size();
      long frames = service.summary("belt").frames();
      Application.await("5 more came", () -> service.summary("belt").frames() > frames + 5);
      assertThat(seen.of("belt").size()).isBetween(then, then + 1);
    }
  }

  @Test
  void shouldSwitchTheModelWhileFramesGoOn() throws InterruptedException {
    AtomicReference<CameraConfig> kept = new AtomicReference<>();
    try (CameraService service =
        Application.service(
            Application.config(List.of(BELT), Application.parcels(), Application.yolox()),
            Optional.of(kept::set))) {
      Application.await("frames come", () -> service.summary("belt").frames() > 3);
      service.switchTo("yolox_nano", "cpu");
      assertThatThrownBy(() -> service.switchTo("parcels", "cpu"))
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.BUSY));
      Application.await(
          "the other model sees frames",
          () -> service.latest("belt").orElseThrow().model().equals("yolox_nano"));
      assertThat(service.state().get("model").get("state").asText()).isEqualTo("ready");
      assertThat(service.summary("belt").failed()).isZero();
      assertThat(service.summary("belt").reopened()).isZero();
      assertThat(kept.get().model()).contains(Application.yolox());
      assertThat(kept.get().models()).contains(Application.parcels());
    }
  }

  @Test
  void shouldLetASourceHaveAModelOfItsOwn() throws InterruptedException {
    CameraConfig two =
        new CameraConfig(
            List.of(
                new SourceConfig("belt", "demo://"),
                new SourceConfig(
                    "people", Application.people(), Optional.of(Application.yolox()), Scene.EMPTY)),
            Optional.of(Application.parcels()),
            List.of(),
            "cpu",
            0.3,
            CameraConfig.DEFAULT.server(),
            CameraConfig.DEFAULT.results(),
            Optional.empty());
    try (CameraService service = Application.service(two)) {
      for (String source : service.sources()) {
        Application.await("frames come", () -> service.summary(source).frames() > 2);
      }
      assertThat(service.latest("belt").orElseThrow().model()).isEqualTo("parcels");
      assertThat(service.latest("people").orElseThrow().model()).isEqualTo("yolox_nano");
      assertThat(service.modelStats()).containsOnlyKeys("parcels", "yolox_nano");
      assertThat(service.stats().get("stages").findValuesAsText("network"))
          .contains("parcels", "yolox_nano");
    }
  }

  @Test
  void shouldKeepTheModelWhereTheOtherCannotBeOpened(@TempDir Path folder)
      throws InterruptedException {
    try (CameraService service =
        Application.service(
            Application.config(List.of(BELT), Application.parcels(), folder.toString()))) {
      service.switchTo(folder.getFileName().toString(), "cpu");
      Application.await(
          "it has failed",
          () -> service.state().get("model").get("state").asText().equals("failed"));
      JsonNode model = service.state().get("model");
      assertThat(model.get("message").asText())
          .contains("cannot be opened")
          .contains("there is no pipeline");
      assertThat(model.get("name").asText()).isEqualTo("parcels");
      long frames = service.summary("belt").frames();
      Application.await("frames go on", () -> service.summary("belt").frames() > frames + 3);
    }
  }

  @Test
  void shouldRefuseModelsAndDevicesThatAreNoChoice() {
    try (CameraService service =
        Application.service(Application.config(List.of(BELT), Application.parcels()))) {
      assertThatThrownBy(() -> service.switchTo("/etc/passwd", "cpu"))
          .hasMessage("model=/etc/passwd: there are [parcels]");
      assertThatThrownBy(() -> service.switchTo("parcels", "cuda:7"))
          .hasMessageStartingWith("device=cuda:7: there are [cpu");
      assertThatThrownBy(() -> service.score(Double.NaN)).hasMessageContaining("expected 0 to 1");
      assertThatThrownBy(() -> service.scene("door", Scene.EMPTY))
          .hasMessage("source=door: there are [belt]");
    }
  }

  @Test
  void shouldLeaveOutWhatIsBelowTheScore() throws InterruptedException {
    try (CameraService service =
        Application.service(Application.config(List.of(BELT), Application.parcels()))) {
      Collected seen = new Collected(false);
      service.add(seen);
      Application.await(
          "something is found", () -> seen.of("belt").stream().anyMatch(o -> !o.found().isEmpty()));
      service.score(1);
      long from = service.latest("belt").orElseThrow().frame() + 1;
      Application.await("10 more frames came", () -> later(seen, from).size() >= 10);
      assertThat(later(seen, from)).allSatisfy(o -> assertThat(o.found()).isEmpty());
    }
  }

  private static List<Observation> later(Collected seen, long from) {
    return seen.of("belt").stream().filter(o -> o.frame() > from).toList();
  }

  @Test
  void shouldCountWhatCrossesALine() throws InterruptedException {
    AtomicReference<CameraConfig> kept = new AtomicReference<>();
    try (CameraService service =
        Application.service(
            Application.config(List.of(BELT), Application.parcels()), Optional.of(kept::set))) {
      Scene.Line middle =
          new Scene.Line(
              "middle", new Point(0.5f, 0), new Point(0.5f, 1), Set.of(), Scene.Anchor.CENTRE);
      service.scene("belt", new Scene(List.of(middle), List.of()));
      Application.await("a code has crossed it", () -> count(service, "middle", "in") >= 1);
      // Seen from the upper end downwards, what goes to the left goes to the right hand side.
      assertThat(count(service, "middle", "out")).isZero();
      assertThat(kept.get().sources().get(0).scene().lines()).containsExactly(middle);
    }
  }

  private static long count(CameraService service, String name, String what) {
    JsonNode counts = service.stats().get("sources").get(0).get("counts");
    return counts.path(name).path(what).asLong();
  }

  @Test
  void shouldWaitForASourceThatIsNotThereYetAndTakeItBack(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path clip = folder.resolve("clip.mp4");
    try (CameraService service =
        Application.service(
            Application.config(List.of("clip=" + clip, BELT), Application.parcels()))) {
      Application.await("it is missed", () -> !service.troubles().isEmpty());
      assertThat(service.troubles()).singleElement().asString().contains("source clip is lost");
      Files.copy(Path.of(Application.people()), clip);
      Application.await("it is seen", () -> service.summary("clip").frames() > 2);
      assertThat(service.troubles()).isEmpty();
      assertThat(service.summary("belt").reopened()).isZero();
    }
  }

  @Test
  void shouldTakeBackANetworkCameraThatWasUnplugged() throws IOException, InterruptedException {
    PictureStream first = new PictureStream(0);
    int port = first.port();
    try (first;
        CameraService service =
            Application.service(
                Application.config(
                    List.of("net=http://127.0.0.1:" + port + "/live.mjpg", BELT),
                    Application.parcels()))) {
      Application.await("it is seen", () -> service.summary("net").frames() > 5);
      first.close();
      Application.await("it is missed", () -> !service.troubles().isEmpty());
      assertThat(service.troubles()).singleElement().asString().startsWith("source net is ");
      long frames = service.summary("net").frames();
      long others = service.summary("belt").frames();
      try (PictureStream second = new PictureStream(port)) {
        assertThat(second.port()).isEqualTo(port);
        Application.await("it is seen again", () -> service.summary("net").frames() > frames + 5);
        assertThat(service.troubles()).isEmpty();
      }
      assertThat(service.summary("belt").frames()).isGreaterThan(others);
    }
  }

  @Test
  void shouldLeaveNoThreadBehind() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CameraService service =
        Application.service(Application.config(List.of(BELT, "b=demo://"), Application.parcels()));
    Application.await("frames come", () -> service.summary("b").frames() > 2);
    service.close();
    Application.await(
        "its threads have ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !before.contains(t))
                .noneMatch(t -> t.getName().startsWith("avocet")));
  }

  @Test
  void shouldRefuseAConfigurationThatMakesNoSense() {
    assertThatThrownBy(
            () ->
                Application.service(
                    Application.config(List.of(BELT, "belt=test://"), Application.parcels())))
        .hasMessage("sources: there are two of the name belt");
    assertThatThrownBy(() -> Application.config(List.of("a b=test://"), Application.parcels()))
        .hasMessageContaining("source=a b: expected a short name");
  }
}
