package dev.avocet.core.model;

import java.util.List;
import java.util.Map;

/** A node of {@code pipeline.json}. */
public sealed interface TaskSpec {
  /** Name of the node, for people and for {@code deploy.json}; may be empty. */
  String name();

  /** The values it reads, at least one. */
  List<Wire> inputs();

  /** The values it makes, at least one. */
  List<Wire> outputs();

  /** File and JSON path of the node, for messages. */
  String where();

  /** What kind of node it is, in the file's words: its module, or its type. */
  String kind();

  /**
   * Preprocessing: {@code "module": "Transform"}.
   *
   * @param steps in order
   */
  record Preprocess(
      String name, List<Wire> inputs, List<Wire> outputs, List<StepSpec> steps, String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return "Transform";
    }
  }

  /**
   * A network: {@code "module": "Net"}.
   *
   * @param inputMap from the sample's keys to the network's input names
   * @param outputMap from the names that heads use to the network's output names
   * @param batched whether the exporter saw a dynamic batch axis
   */
  record Network(
      String name,
      List<Wire> inputs,
      List<Wire> outputs,
      Map<String, String> inputMap,
      Map<String, String> outputMap,
      boolean batched,
      String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return "Net";
    }
  }

  /**
   * Postprocessing: any other module, with a component.
   *
   * @param module the codebase, for example {@code mmdet}
   * @param component the head, for example {@code ResizeBBox}
   * @param params of the head, empty where there are none
   */
  record Postprocess(
      String name,
      List<Wire> inputs,
      List<Wire> outputs,
      String module,
      String component,
      Params params,
      String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return module;
    }
  }

  /**
   * A function between networks: any other module, without a component.
   *
   * @param module for example {@code CropBox}
   * @param params of the module, empty where there are none
   */
  record Module(
      String name,
      List<Wire> inputs,
      List<Wire> outputs,
      String module,
      Params params,
      String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return module;
    }
  }

  /**
   * The pipeline of another model: {@code "type": "Inference"}.
   *
   * @param model a name that the caller gives a model, or the path of one
   */
  record Inference(String name, List<Wire> inputs, List<Wire> outputs, String model, String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return "Inference";
    }
  }

  /**
   * A pipeline in a pipeline: {@code "type": "Pipeline"}.
   *
   * @param pipeline its inputs and outputs have the inner names of the wires, in the same order
   */
  record Nested(
      String name, List<Wire> inputs, List<Wire> outputs, PipelineSpec pipeline, String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return "Pipeline";
    }
  }

  /**
   * A node that runs only where the first input is true: {@code "type": "Cond"}.
   *
   * @param body gets the other inputs and makes the outputs
   */
  record Cond(String name, List<Wire> inputs, List<Wire> outputs, TaskSpec body, String where)
      implements TaskSpec {
    @Override
    public String kind() {
      return "Cond";
    }
  }
}
