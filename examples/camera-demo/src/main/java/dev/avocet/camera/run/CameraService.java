package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Stats;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.SceneJson;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.net.OpenListener;
import dev.avocet.track.Scene;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The application without its page: cameras, the model that looks at the frames of all, observers.
 * Thread safe.
 */
public final class CameraService implements AutoCloseable {
  private final Map<String, Camera> cameras = new LinkedHashMap<>();
  private final CopyOnWriteArrayList<Observer> observers = new CopyOnWriteArrayList<>();
  private final Map<String, Supplier<? extends JsonNode>> parts = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private final Instant started = Instant.now();
  private final Machine machine = new Machine();
  private final Choices choices;
  private final Eyes eyes;

  /** The models of sources that have one of their own, by path. */
  private final Map<String, Vision> own = new LinkedHashMap<>();

  private final Watchdog watchdog;
  private final Optional<Consumer<CameraConfig>> keep;

  /** Guarded by this. */
  private CameraConfig config;

  private volatile double score;

  private CameraService(CameraConfig config, Surroundings surroundings) {
    this.config = config;
    this.keep = surroundings.keep();
    this.score = config.score();
    List<String> models = new ArrayList<>();
    models.add(
        config
            .model()
            .orElseThrow(() -> AvocetException.invalidArgument("model: name a model folder")));
    models.addAll(config.models());
    this.choices = new Choices(models, config.device());
    for (SourceConfig source : config.sources()) {
      if (cameras.put(source.name(), camera(source, surroundings.registry())) != null) {
        throw AvocetException.invalidArgument(
            "sources: there are two of the name " + source.name());
      }
    }
    this.watchdog = new Watchdog(cameras.values(), machine, surroundings.hung());
    this.eyes =
        new Eyes(
            choices,
            config.device(),
            cameras.size(),
            surroundings.listener(),
            version::incrementAndGet);
    try {
      openOwn(config, surroundings.listener());
    } catch (RuntimeException e) {
      closeModels();
      throw e;
    }
  }

  private void openOwn(CameraConfig config, OpenListener listener) {
    for (SourceConfig source : config.sources()) {
      source
          .model()
          .ifPresent(
              path ->
                  own.computeIfAbsent(
                      path,
                      p ->
                          Vision.open(
                              Choices.name(Path.of(p)),
                              Path.of(p),
                              config.device(),
                              cameras.size(),
                              listener)));
    }
  }

  private Camera camera(SourceConfig source, MeterRegistry registry) {
    CameraState state = new CameraState(source.name(), registry, version::incrementAndGet);
    Follower follower = new Follower(source.name(), source.scene(), () -> score);
    Function<Image, CompletableFuture<Sight>> see =
        source
            .model()
            .<Function<Image, CompletableFuture<Sight>>>map(path -> image -> ownSight(path, image))
            .orElse(this::sharedSight);
    return new Camera(source, see, observers, state, follower);
  }

  private CompletableFuture<Sight> sharedSight(Image image) {
    return eyes.see(image);
  }

  private CompletableFuture<Sight> ownSight(String path, Image image) {
    return own.get(path).see(image);
  }

  /**
   * What a service needs beside its configuration.
   *
   * @param keep is given the configuration whenever the page has changed it; empty where changes
   *     are not kept
   * @param registry for times
   * @param listener hears of a first model that takes long to open
   * @param hung called when the model does not answer any more: the process should end
   */
  public record Surroundings(
      Optional<Consumer<CameraConfig>> keep,
      MeterRegistry registry,
      OpenListener listener,
      Runnable hung) {}

  /**
   * Opens the model and starts the sources.
   *
   * @throws AvocetException INVALID_ARG for a configuration that makes no sense; as {@link
   *     dev.avocet.Pipeline#open} for the model
   */
  public static CameraService start(CameraConfig config, Surroundings surroundings) {
    CameraService service = new CameraService(config, surroundings);
    service.cameras.values().forEach(Camera::start);
    service.watchdog.start();
    Thread devices =
        new Thread(
            () -> {
              service.choices.findDevices();
              service.version.incrementAndGet();
            },
            "avocet-camera-devices");
    devices.setDaemon(true);
    devices.start();
    return service;
  }

  /** Adds somebody who takes observations from now on. */
  public void add(Observer observer) {
    observers.add(observer);
  }

  /** Takes nobody's observations any more. */
  public void remove(Observer observer) {
    observers.remove(observer);
  }

  /** Adds a field to {@link #stats}, asked for each time. */
  public void addPart(String name, Supplier<? extends JsonNode> part) {
    parts.put(name, part);
  }

  /**
   * The newest observation of a source.
   *
   * @throws AvocetException INVALID_ARG where there is no such source
   */
  public Optional<Observation> latest(String source) {
    return camera(source).state().latest();
  }

  private Camera camera(String name) {
    Camera camera = cameras.get(name);
    if (camera == null) {
      throw AvocetException.invalidArgument(
          "source=%s: there are %s".formatted(name, new ArrayList<>(cameras.keySet())));
    }
    return camera;
  }

  /** Names of the sources. */
  public List<String> sources() {
    return List.copyOf(cameras.keySet());
  }

  /** How a source is and what it has done; INVALID_ARG where there is no such source. */
  public CameraState.Summary summary(String source) {
    return camera(source).state().summary();
  }

  /**
   * Counts and times of each network of the models in use, by the models' names; at most a quarter
   * of a second old.
   */
  public Map<String, Stats> modelStats() {
    Map<String, Stats> all = new LinkedHashMap<>(eyes.stats());
    own.values().forEach(v -> v.stats().forEach((name, one) -> Vision.put(all, name, one)));
    return all;
  }

  /** What the page shows that changes seldom, see docs/camera-api.md; a new object. */
  public ObjectNode state() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version.get()).put("writable_config", keep.isPresent());
    eyes.addTo(json);
    choices.addTo(json);
    json.put("score", score);
    ArrayNode sources = json.putArray("sources");
    for (Camera camera : cameras.values()) {
      CameraState.Summary summary = camera.state().summary();
      ObjectNode one =
          sources
              .addObject()
              .put("name", camera.name())
              .put("input", camera.input())
              .put("state", summary.condition().word())
              .put("message", summary.message())
              .put("width", summary.width())
              .put("height", summary.height());
      one.set("scene", SceneJson.of(camera.scene()));
    }
    synchronized (this) {
      json.put("clips", config.clips().isPresent());
    }
    return json;
  }

  /** What the page shows that changes always, see docs/camera-api.md; a new object. */
  public ObjectNode stats() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Instant time = Instant.now();
    json.put("time", time.toString());
    json.put("uptime_s", Duration.between(started, time).toSeconds());
    ArrayNode sources = json.putArray("sources");
    for (Camera camera : cameras.values()) {
      CameraState.Summary summary = camera.state().summary();
      ObjectNode one =
          sources
              .addObject()
              .put("name", camera.name())
              .put("fps", rounded(summary.rate()))
              .put("frames", summary.frames())
              .put("dropped", summary.dropped())
              .put("failed", summary.failed())
              .put("reopened", summary.reopened());
      ObjectNode latency = one.putObject("latency_ms");
      put(latency, "result", camera.state().result());
      put(latency, "page", camera.state().page());
      ObjectNode counts = one.putObject("counts");
      camera.counts().forEach((name, numbers) -> numbers.forEach(counts.withObject(name)::put));
    }
    ArrayNode stages = json.putArray("stages");
    Map<String, Stats> now = modelStats();
    now.forEach((network, stats) -> stats.stages().forEach(s -> put(stages, network, s)));
    // A pipeline need not have a network.
    Optional<BoardReading> board = now.values().stream().findFirst().map(Stats::board);
    machine.addTo(json, board.orElseGet(() -> Boards.here().read()));
    parts.forEach((name, part) -> json.set(name, part.get()));
    return json;
  }

  private static void put(ObjectNode json, String name, Timer timer) {
    HistogramSnapshot snapshot = timer.takeSnapshot();
    if (snapshot.count() == 0) {
      json.putNull(name);
      return;
    }
    ObjectNode times = json.putObject(name);
    for (ValueAtPercentile value : snapshot.percentileValues()) {
      times.put(
          "p" + Math.round(100 * value.percentile()), rounded(value.value(TimeUnit.MILLISECONDS)));
    }
  }

  private static void put(ArrayNode stages, String network, Stats.Stage stage) {
    stages
        .addObject()
        .put("network", network)
        .put("name", stage.name())
        .put("count", stage.count())
        .put("p50_ms", rounded(stage.p50().toNanos() / 1e6))
        .put("p99_ms", rounded(stage.p99().toNanos() / 1e6));
  }

  private static double rounded(double number) {
    return Math.round(1000 * number) / 1000.0;
  }

  /** Grows whenever {@link #state} has changed. */
  public long stateVersion() {
    return version.get();
  }

  /**
   * Begins to open another model or the same on another device, while the present one goes on; the
   * state says how it went.
   *
   * @param model a name in the state's list of models
   * @param device a name in the state's list of devices
   * @throws AvocetException INVALID_ARG where there is no such, BUSY while another is being opened
   */
  public void switchTo(String model, String device) {
    String path = choices.model(model).toString();
    eyes.switchTo(model, device, () -> change(present -> present.withModel(path, device)));
  }

  /** Sets the score below which objects are left out, 0 to 1; else INVALID_ARG. */
  public void score(double least) {
    change(present -> present.withScore(least));
    score = least;
  }

  /**
   * Sets a source's lines and zones, whose counts begin anew.
   *
   * @throws AvocetException INVALID_ARG for an unknown source
   */
  public void scene(String source, Scene scene) {
    camera(source).scene(scene);
    change(present -> present.withScene(source, scene));
  }

  private void change(UnaryOperator<CameraConfig> edit) {
    synchronized (this) {
      config = edit.apply(config);
      keep.ifPresent(k -> k.accept(config));
    }
    version.incrementAndGet();
  }

  /** A viewer on a page has drawn a frame just now. */
  public void drawn(Observation observation) {
    camera(observation.source())
        .state()
        .page()
        .record(System.nanoTime() - observation.decodedNanos(), TimeUnit.NANOSECONDS);
  }

  /** Why the application is not as it should be, a sentence each; none where all is well. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    for (Camera camera : cameras.values()) {
      CameraState.Summary summary = camera.state().summary();
      if (summary.condition() == CameraState.Condition.LOST
          || summary.condition() == CameraState.Condition.STALLED) {
        troubles.add(
            "source %s is %s: %s"
                .formatted(camera.name(), summary.condition().word(), summary.message()));
      }
      long busy = camera.state().busyNanos();
      if (busy > Watchdog.SLOW.toNanos()) {
        troubles.add(
            "source %s: the model has not answered for %d s"
                .formatted(camera.name(), TimeUnit.NANOSECONDS.toSeconds(busy)));
      }
    }
    return troubles;
  }

  /** Ends the sources, waits for the frames under way, closes the model. */
  @Override
  public void close() {
    watchdog.close();
    cameras.values().parallelStream().forEach(Camera::close);
    closeModels();
  }

  private void closeModels() {
    eyes.close();
    own.values().forEach(Vision::close);
  }
}
