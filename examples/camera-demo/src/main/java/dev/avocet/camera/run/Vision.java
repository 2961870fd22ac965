package dev.avocet.camera.run;

import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.Stats;
import dev.avocet.camera.seen.Findings;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.ModelCard;
import dev.avocet.core.net.OpenListener;
import dev.avocet.metrics.Fresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A model that looks at the frames of all sources: one handle, whose runs the sources' frames
 * share. Thread safe.
 */
final class Vision implements AutoCloseable {
  private final String name;
  private final String device;
  private final Pipeline pipeline;
  private final Findings findings;

  /** All that ask at once share one reading of the board. */
  private final Fresh<Map<String, Stats>> stats = new Fresh<>(this::readStats);

  private Vision(String name, String device, Pipeline pipeline, Findings findings) {
    this.name = name;
    this.device = device;
    this.pipeline = pipeline;
    this.findings = findings;
  }

  /**
   * Opens a model and runs it once, so that the first frame is not slow.
   *
   * @param path of a model folder, a zip file or a pipeline's JSON
   * @param sources how many frames may come at once
   * @throws AvocetException as {@link Pipeline#open}
   */
  static Vision open(String name, Path path, String device, int sources, OpenListener listener) {
    Pipeline pipeline =
        Pipeline.builder(path)
            .device(device)
            .queueCapacity(2 * sources + 2)
            .listener(listener)
            .open();
    try {
      pipeline.warmup();
      return new Vision(name, device, pipeline, new Findings(card(path)));
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  /** What a model says of itself; a pipeline of several says nothing. */
  private static ModelCard card(Path path) {
    if (path.toString().endsWith(".json") && !Files.isDirectory(path)) {
      return new ModelCard(List.of(), "", "", Optional.empty());
    }
    try (Model model = Model.open(path)) {
      return model.card();
    }
  }

  String name() {
    return name;
  }

  String device() {
    return device;
  }

  /**
   * Starts to look at a picture, which has to stay valid until the future is done.
   *
   * @throws AvocetException CLOSED, BUSY
   */
  CompletableFuture<Sight> see(Image image) {
    return pipeline
        .submit(image)
        .thenApply(
            answer -> {
              try (answer) {
                return new Sight(name, findings.of(outputs(answer)));
              }
            });
  }

  /** Waits for what {@link #see} has started. */
  static Sight await(CompletableFuture<Sight> future) {
    try {
      return future.join();
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof AvocetException failure) {
        throw new AvocetException(failure.status(), failure.getMessage(), failure);
      }
      throw new AvocetException(Status.FAIL, "the model failed: " + e, e);
    }
  }

  private static Map<String, Value> outputs(Answer answer) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    answer.outputs().keySet().forEach(output -> outputs.put(output, answer.first(output)));
    return outputs;
  }

  /**
   * Counts and times of each network: by the model's name where it is the only one, else by that
   * and the folder of the network, or its place in the only folder; numbered where that is there
   * twice. At most a quarter of a second old.
   */
  Map<String, Stats> stats() {
    return stats.get();
  }

  private Map<String, Stats> readStats() {
    Map<String, Stats> byPath = pipeline.stats();
    if (byPath.size() == 1) {
      return Map.of(name, byPath.values().iterator().next());
    }
    Map<String, Stats> named = new LinkedHashMap<>();
    byPath.forEach((path, one) -> put(named, name + "/" + part(path), one));
    return named;
  }

  /** Adds by name, numbered where the name is there already. */
  static void put(Map<String, Stats> all, String name, Stats one) {
    String unique = name;
    for (int n = 2; all.containsKey(unique); n++) {
      unique = name + " " + n;
    }
    all.put(unique, one);
  }

  /** What tells a network from the others, of a path such as {@code a.json: $.tasks[0] -> b/…}. */
  private static String part(String path) {
    int last = path.lastIndexOf(" -> ");
    int place = path.lastIndexOf(": ");
    Path folder = last < 0 ? null : Path.of(path.substring(last + 4, place)).getParent();
    return folder == null || folder.getFileName() == null
        ? path.substring(place + 2)
        : folder.getFileName().toString();
  }

  /** Waits for the frames under way. */
  @Override
  public void close() {
    pipeline.close();
  }
}
