package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.PipelineSpec;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.graph.Graph;
import dev.avocet.pipeline.internal.graph.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Runs several networks on a picture, as a file of JSON connects them: {@code docs/pipelines.md}
 * says how it is written.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.open(Path.of("read-labels.json"));
 *     Image image = Image.read(Path.of("photo.jpg"));
 *     Answer answer = pipeline.run(image)) {
 *   for (Value line : answer.first("lines").items()) {
 *     System.out.println(line.get("text").asText());
 *   }
 * }
 * }</pre>
 *
 * <p>What is asked for is checked when the pipeline is opened. Each network has a queue and {@code
 * concurrency} slots of its own, which run what waits together, up to the batch size: regions of
 * one picture and pictures of several callers share runs; stages and branches overlap. A run fails
 * with its first failure, which names the node.
 *
 * <p>Safe from any number of threads. Pictures are borrowed until the answer is there; pictures in
 * the answer belong to the answer. Methods that run throw {@link AvocetException}: CLOSED after
 * {@link #close}, CANCELLED where the thread is interrupted, INVALID_ARG for values that the
 * pipeline cannot use, and whatever a node fails with. Functions that depend on a submitted run are
 * called in the common pool.
 */
public final class Pipeline implements AutoCloseable {
  private static final String FILE = "pipeline.json";
  private static final String NETS = "deploy.json";

  private final Graph graph;

  private Pipeline(Graph graph) {
    this.graph = graph;
  }

  /**
   * Opens a pipeline with default options.
   *
   * @param pipeline a file of JSON whose Inference nodes name models by path, or a model folder or
   *     zip file, which may hold several networks
   * @throws AvocetException as {@link HandleBuilder#open}; INVALID_ARG, FILE_NOT_FOUND and
   *     NOT_SUPPORTED with file and JSON path for a mistake in the pipeline
   */
  public static Pipeline open(Path pipeline) {
    return builder(pipeline).open();
  }

  /** Options for a pipeline. */
  public static HandleBuilder<Pipeline> builder(Path pipeline) {
    return builder(pipeline, Map.of());
  }

  /**
   * Options for a pipeline whose Inference nodes may also name these models, which stay the
   * caller's and are not needed any more once it is open.
   */
  public static HandleBuilder<Pipeline> builder(Path pipeline, Map<String, Model> models) {
    return HandleBuilder.of(options -> open(pipeline, models, options));
  }

  /**
   * Options for a pipeline that is a text.
   *
   * @param json the text
   * @param folder what relative paths of models start from
   * @param models as {@link #builder(Path, Map)} takes them
   */
  public static HandleBuilder<Pipeline> builder(
      String json, Path folder, Map<String, Model> models) {
    return HandleBuilder.of(
        options -> {
          PipelineSpec spec = PipelineSpec.parse("pipeline in memory", json);
          return new Pipeline(Graph.open(spec, Place.in(folder), models, options));
        });
  }

  /**
   * Options for the pipeline of a model, which may hold several networks; the model is open already
   * and stays so.
   */
  public static HandleBuilder<Pipeline> builder(Model model) {
    return HandleBuilder.of(model, (m, options) -> open(m, Map.of(), options));
  }

  private static Pipeline open(Model model, Map<String, Model> models, HandleOptions options) {
    Graph graph = Graph.open(model.pipeline(), Place.of(model), models, options);
    model.logUnreadKeys();
    return new Pipeline(graph);
  }

  private static Pipeline open(Path path, Map<String, Model> models, HandleOptions options) {
    boolean folder = Files.isDirectory(path);
    Path file = folder ? path.resolve(FILE) : path;
    boolean json = file.toString().endsWith(".json");
    boolean networks =
        file.endsWith(FILE) && Files.exists(file.toAbsolutePath().resolveSibling(NETS));
    if (json && !networks) {
      PipelineSpec spec = PipelineSpec.read(file);
      return new Pipeline(Graph.open(spec, Place.of(file), models, options));
    }
    try (Model model = Model.open(json ? file.toAbsolutePath().getParent() : path)) {
      return open(model, models, options);
    }
  }

  /** Names of what goes in. */
  public List<String> inputs() {
    return graph.spec().inputs();
  }

  /** Names of what comes out. */
  public List<String> outputs() {
    return graph.spec().outputs();
  }

  /** Runs one picture; the pipeline has to have one input. */
  public Answer run(Image image) {
    return run(List.of(image));
  }

  /** Runs several pictures, which share runs of the networks; the pipeline has one input. */
  public Answer run(List<Image> images) {
    return graph.run(samples(images));
  }

  /**
   * Runs samples.
   *
   * @param inputs for each input of the pipeline one value a sample: pictures, or {@code {ori_img,
   *     bbox: [x, y, width, height]}} for networks that look at a box
   */
  public Answer run(Map<String, List<Value>> inputs) {
    return graph.run(samples(inputs));
  }

  /**
   * Starts a run; the picture has to stay valid until the future is done. The answer wants to be
   * closed; that of a future that was cancelled closes itself.
   *
   * @throws AvocetException BUSY where {@code queueCapacity} runs are under way, CLOSED
   */
  public CompletableFuture<Answer> submit(Image image) {
    return graph.submit(samples(List.of(image)));
  }

  /** The same for samples, as {@link #run(Map)} takes them. */
  public CompletableFuture<Answer> submit(Map<String, List<Value>> inputs) {
    return graph.submit(samples(inputs));
  }

  private List<List<Value>> samples(List<Image> images) {
    return samples(Map.of(onlyInput(), images.stream().map(Value::of).toList()));
  }

  private String onlyInput() {
    if (inputs().size() != 1) {
      throw AvocetException.invalidArgument(
          "the pipeline has the inputs %s: give a map with values for each".formatted(inputs()));
    }
    return inputs().get(0);
  }

  private List<List<Value>> samples(Map<String, List<Value>> inputs) {
    if (!inputs.keySet().equals(Set.copyOf(inputs()))) {
      throw AvocetException.invalidArgument(
          "inputs=%s: the pipeline has %s".formatted(inputs.keySet(), inputs()));
    }
    int count = inputs.get(inputs().get(0)).size();
    List<List<Value>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new ArrayList<>());
    }
    for (String name : inputs()) {
      List<Value> values = inputs.get(name);
      if (values.size() != count) {
        throw AvocetException.invalidArgument(
            "%s has %d values, %s has %d: give one a sample"
                .formatted(name, values.size(), inputs().get(0), count));
      }
      for (int i = 0; i < count; i++) {
        samples.get(i).add(values.get(i));
      }
    }
    return samples;
  }

  /** Runs every network once on a blank picture, so that the first real run is as fast. */
  public void warmup() {
    graph.warmup();
  }

  /**
   * Counts and times of each network, by the path of its node in the JSON; all have the same
   * reading of the board.
   */
  public Map<String, Stats> stats() {
    return graph.stats();
  }

  /** Waits for the runs under way and frees everything; later runs get CLOSED. */
  @Override
  public void close() {
    graph.close();
  }
}
