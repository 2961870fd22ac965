package dev.avocet.core.model;

import java.util.List;

/**
 * What {@code deploy.json} says.
 *
 * @param version release of the exporter, for people
 * @param task for example {@code Detector}; empty where the file names none
 * @param nets the networks
 */
public record DeployInfo(String version, String task, List<NetFile> nets) {
  static final String FILE = "deploy.json";

  /**
   * An entry of {@code models}.
   *
   * @param name joins it with a Net task of {@code pipeline.json}
   * @param net file of the network
   * @param weights second file, or empty
   * @param backend engine that it was exported for
   * @param precision for example {@code FP32}, or empty
   * @param batchSize most pictures in one run, at least 1
   */
  public record NetFile(
      String name, String net, String weights, String backend, String precision, int batchSize) {}

  /** Copies the list. */
  public DeployInfo {
    nets = List.copyOf(nets);
  }

  static DeployInfo parse(Params json) {
    List<NetFile> nets = json.objects("models").stream().map(DeployInfo::netFile).toList();
    if (nets.isEmpty()) {
      throw json.error("models", "at least one network");
    }
    // Names of files beside the networks, for people: heads find theirs by their own parameters.
    json.has("customs");
    return new DeployInfo(json.text("version", ""), json.text("task", ""), nets);
  }

  private static NetFile netFile(Params json) {
    int batchSize = json.intValue("batch_size", 1);
    if (batchSize < 1) {
      throw json.error("batch_size", "1 or more");
    }
    // The exporter writes whether the batch axis is dynamic; the network itself knows better.
    json.has("dynamic_shape");
    return new NetFile(
        json.text("name"),
        json.text("net"),
        json.text("weights", ""),
        json.text("backend"),
        json.text("precision", ""),
        batchSize);
  }
}
