package dev.avocet.camera.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the application is told. Immutable. Read and written by {@link ConfigFile}; names in the
 * file are those here, with underscores.
 *
 * @param sources the cameras; none means one of the machine's own, or the demonstration
 * @param model what is run at first: a model folder, a zip file or a pipeline's JSON; empty for the
 *     detector that comes along
 * @param models what else may be switched to
 * @param device where to run
 * @param score objects below are not shown, tracked or counted, 0 to 1
 * @param server the page
 * @param results where observations go
 * @param clips videos around events; empty records none
 */
public record CameraConfig(
    List<SourceConfig> sources,
    Optional<String> model,
    List<String> models,
    String device,
    double score,
    ServerConfig server,
    ResultsConfig results,
    Optional<ClipsConfig> clips) {
  /** One source that shows what is there, the default model, a page on this machine. */
  public static final CameraConfig DEFAULT =
      new CameraConfig(
          List.of(),
          Optional.empty(),
          List.of(),
          "cpu",
          0.3,
          ServerConfig.DEFAULT,
          ResultsConfig.NONE,
          Optional.empty());

  /** Copies the lists. */
  public CameraConfig {
    sources = List.copyOf(sources);
    models = List.copyOf(models);
    Objects.requireNonNull(model);
    Objects.requireNonNull(server);
    Objects.requireNonNull(results);
    Objects.requireNonNull(clips);
  }
}
