package dev.avocet.camera.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.clips.Clips;
import dev.avocet.camera.config.SceneJson;
import dev.avocet.camera.run.CameraService;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.SeenJson;
import dev.avocet.camera.web.Route.Call;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.track.Scene;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be asked for, as docs/camera-api.md has it, and what is done then. Thread safe. */
final class Api {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final CameraService service;
  private final Optional<Clips> clips;
  private final PrometheusMeterRegistry registry;
  private final NextPictures pictures;
  private final Bodies bodies;
  private final LiveHub hub;

  Api(
      CameraService service,
      Optional<Clips> clips,
      PrometheusMeterRegistry registry,
      NextPictures pictures,
      Bodies bodies,
      LiveHub hub) {
    this.service = service;
    this.clips = clips;
    this.registry = registry;
    this.pictures = pictures;
    this.bodies = bodies;
    this.hub = hub;
  }

  /** All that there is but the page's files. */
  List<Route> routes(Route.Action live) {
    return List.of(
        Route.open("GET", "/api/state", call -> json(call, 200, service.state())),
        Route.open("GET", "/api/stats", call -> json(call, 200, stats())),
        Route.open("GET", "/api/live", live),
        Route.open("GET", "/api/sources/NAME/latest.json", this::latest),
        Route.open("GET", "/api/sources/NAME/latest.jpg", this::picture),
        Route.open("GET", "/api/clips", call -> json(call, 200, clips().list())),
        Route.open("GET", "/api/clips/NAME", this::clip),
        Route.open("GET", "/health", this::health),
        Route.open("GET", "/metrics", this::metrics),
        Route.guarded("GET", "/api/token-check", call -> empty(call, 204)),
        Route.guarded("PUT", "/api/model", this::model),
        Route.guarded("PUT", "/api/score", this::score),
        Route.guarded("PUT", "/api/sources/NAME/scene", this::scene),
        Route.guarded("POST", "/api/sources/NAME/clip", this::save),
        Route.guarded("DELETE", "/api/clips/NAME", this::delete));
  }

  private static void json(Call call, int code, JsonNode json) {
    Answer.json(call.response(), call.callback(), code, json);
  }

  private static void empty(Call call, int code) {
    Answer.empty(call.response(), call.callback(), code);
  }

  /** What the service knows, and what is known here. */
  ObjectNode stats() {
    ObjectNode stats = service.stats().put("viewers", hub.viewers());
    return clips.isPresent() ? stats : stats.putNull("clips");
  }

  private Optional<Observation> newest(String source) {
    try {
      return service.latest(source);
    } catch (AvocetException e) {
      throw e.status() == Status.INVALID_ARG ? Refusal.notFound(e.getMessage()) : e;
    }
  }

  private void latest(Call call) {
    Observation seen =
        newest(call.name())
            .orElseThrow(
                () -> new Refusal(503, Status.BUSY, "nothing was seen yet; ask again soon"));
    json(call, 200, SeenJson.of(seen));
  }

  private void picture(Call call) {
    Optional<byte[]> there = newest(call.name()).flatMap(Observation::jpeg);
    if (there.isPresent()) {
      jpeg(call, there.get());
      return;
    }
    // Nobody waits for what follows: the answer is all there is to do.
    var unused =
        pictures
            .next(call.name())
            .whenComplete(
                (bytes, failure) -> {
                  if (failure instanceof Refusal refusal) {
                    Answer.refuse(call.response(), call.callback(), refusal);
                  } else {
                    jpeg(call, bytes);
                  }
                });
  }

  private static void jpeg(Call call, byte[] bytes) {
    Answer.bytes(call.response(), call.callback(), 200, "image/jpeg", bytes);
  }

  private Clips clips() {
    return clips.orElseThrow(
        () ->
            Refusal.notFound(
                "no clips are recorded here; name a folder for them in the configuration"));
  }

  private static Refusal noClip(String name) {
    return Refusal.notFound(
        "clip=" + name + ": there is none; GET /api/clips lists those there are");
  }

  private void clip(Call call) throws IOException {
    Path file = clips().file(call.name()).orElseThrow(() -> noClip(call.name()));
    ClipFiles.answer(file, call.request(), call.response(), call.callback());
  }

  private void delete(Call call) {
    if (!clips().delete(call.name())) {
      throw noClip(call.name());
    }
    empty(call, 204);
  }

  private void save(Call call) {
    newest(call.name());
    clips().save(call.name());
    empty(call, 202);
  }

  private void health(Call call) {
    List<String> troubles = service.troubles();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", troubles.isEmpty() ? "ok" : "trouble");
    if (!troubles.isEmpty()) {
      troubles.forEach(json.putArray("troubles")::add);
    }
    json(call, troubles.isEmpty() ? 200 : 503, json);
  }

  private void metrics(Call call) {
    byte[] text = registry.scrape(METRICS_TYPE).getBytes(StandardCharsets.UTF_8);
    Answer.bytes(call.response(), call.callback(), 200, METRICS_TYPE, text);
  }

  private void model(Call call) {
    bodies.read(
        call,
        202,
        json -> {
          String model = json.text("model");
          String device = json.text("device");
          return () -> service.switchTo(model, device);
        });
  }

  private void score(Call call) {
    bodies.read(
        call,
        204,
        json -> {
          double score = json.doubleValue("score");
          return () -> service.score(score);
        });
  }

  private void scene(Call call) {
    newest(call.name());
    bodies.read(
        call,
        204,
        json -> {
          Scene scene = SceneJson.parse(json);
          return () -> service.scene(call.name(), scene);
        });
  }
}
