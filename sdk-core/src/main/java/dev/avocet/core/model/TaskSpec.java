package dev.avocet.core.model;

import java.util.List;
import java.util.Map;

/** A node of {@code pipeline.json}. */
public sealed interface TaskSpec {
  /** Name of the node, for people and for {@code deploy.json}; may be empty. */
  String name();

  /** Names of the values it reads. */
  List<String> inputs();

  /** Names of the values it makes. */
  List<String> outputs();

  /**
   * Preprocessing: {@code "module": "Transform"}.
   *
   * @param steps in order
   */
  record Preprocess(String name, List<String> inputs, List<String> outputs, List<StepSpec> steps)
      implements TaskSpec {}

  /**
   * A network: {@code "module": "Net"}.
   *
   * @param inputMap from the sample's keys to the network's input names
   * @param outputMap from the names that heads use to the network's output names
   * @param batched whether the exporter saw a dynamic batch axis
   */
  record Network(
      String name,
      List<String> inputs,
      List<String> outputs,
      Map<String, String> inputMap,
      Map<String, String> outputMap,
      boolean batched)
      implements TaskSpec {}

  /**
   * Postprocessing: any other module, with a component.
   *
   * @param module the codebase, for example {@code mmdet}
   * @param component the head, for example {@code ResizeBBox}
   * @param params of the head, empty where there are none
   * @param where file and JSON path of the node, for messages
   */
  record Postprocess(
      String name,
      List<String> inputs,
      List<String> outputs,
      String module,
      String component,
      Params params,
      String where)
      implements TaskSpec {}
}
