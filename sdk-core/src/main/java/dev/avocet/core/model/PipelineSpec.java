package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code pipeline.json} asks for: nodes, each reading what others made. A file may list them
 * in any order; here each stands behind those it needs, else as in the file.
 *
 * @param inputs names of what comes in
 * @param outputs names of what comes out
 * @param tasks the nodes
 * @param where file and JSON path, for messages
 */
public record PipelineSpec(
    List<String> inputs, List<String> outputs, List<TaskSpec> tasks, String where) {
  static final String FILE = "pipeline.json";

  /** Copies the lists. */
  public PipelineSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    tasks = List.copyOf(tasks);
  }

  /**
   * Reads a pipeline that is a file of its own, with no networks beside it.
   *
   * @throws AvocetException FILE_NOT_FOUND; INVALID_ARG with file, JSON path, what was expected and
   *     found; NOT_SUPPORTED for nodes of an unknown kind; OUT_OF_RANGE above 4 MB
   */
  public static PipelineSpec read(Path file) {
    try {
      if (Files.size(file) > Model.MAX_JSON_BYTES) {
        throw new AvocetException(
            Status.OUT_OF_RANGE,
            "%s: bytes=%d, a pipeline has at most %d"
                .formatted(file, Files.size(file), Model.MAX_JSON_BYTES));
      }
      return parse(
          new Params(file.toString(), "$", Json.parse(file.toString(), Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      throw new AvocetException(Status.FILE_NOT_FOUND, "there is no pipeline " + file, e);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a pipeline that is a text, with no networks beside it.
   *
   * @param origin what to call it in messages
   * @throws AvocetException as {@link #read}, but for FILE_NOT_FOUND
   */
  public static PipelineSpec parse(String origin, String json) {
    if (json.length() > Model.MAX_JSON_BYTES) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: characters=%d, a pipeline has at most %d"
              .formatted(origin, json.length(), Model.MAX_JSON_BYTES));
    }
    return parse(Params.parse(origin, json));
  }

  static PipelineSpec parse(Params json) {
    Params pipeline = json.has("type") ? json : json.object("pipeline");
    // Inside of the outer object the type goes without saying.
    if (!pipeline.text("type", "Pipeline").equals("Pipeline")) {
      throw pipeline.error("type", "Pipeline, with the node among its tasks");
    }
    return body(pipeline, pipeline.texts("input"), pipeline.texts("output"));
  }

  /** A pipeline whose inputs and outputs are known already: a nested one has those of its wires. */
  static PipelineSpec body(Params json, List<String> inputs, List<String> outputs) {
    Set<String> known = new HashSet<>(inputs);
    if (known.size() < inputs.size()) {
      throw json.error("input", "different names");
    }
    List<Params> nodes = json.objects("tasks");
    List<TaskSpec> tasks = new ArrayList<>();
    for (Params node : nodes) {
      TaskSpec task = TaskParser.node(node);
      for (Wire output : task.outputs()) {
        if (!known.add(output.outer())) {
          throw node.error("output", "a name that is not taken yet");
        }
      }
      tasks.add(task);
    }
    for (int i = 0; i < tasks.size(); i++) {
      if (!tasks.get(i).inputs().stream().allMatch(wire -> known.contains(wire.outer()))) {
        throw nodes.get(i).error("input", "values made here, of " + new TreeSet<>(known));
      }
    }
    if (!known.containsAll(outputs)) {
      throw json.error("output", "values of " + new TreeSet<>(known));
    }
    return new PipelineSpec(inputs, outputs, NodeOrder.of(tasks), json.where());
  }
}
