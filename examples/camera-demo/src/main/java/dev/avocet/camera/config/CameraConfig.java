package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;
import dev.avocet.track.Scene;
import java.util.ArrayList;
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

  /** Copies the lists; INVALID_ARG for a score that is none. */
  public CameraConfig {
    if (!(score >= 0 && score <= 1)) {
      throw AvocetException.invalidArgument("score=%s: expected 0 to 1".formatted(score));
    }
    sources = List.copyOf(sources);
    models = List.copyOf(models);
    Objects.requireNonNull(model);
    Objects.requireNonNull(server);
    Objects.requireNonNull(results);
    Objects.requireNonNull(clips);
  }

  /** The same with another model and device; the model so far can be switched back to. */
  public CameraConfig withModel(String path, String otherDevice) {
    List<String> others = new ArrayList<>(models);
    model.filter(before -> !before.equals(path)).ifPresent(others::add);
    others.remove(path);
    return new CameraConfig(
        sources, Optional.of(path), others, otherDevice, score, server, results, clips);
  }

  /** The same with another score. */
  public CameraConfig withScore(double least) {
    return new CameraConfig(sources, model, models, device, least, server, results, clips);
  }

  /** The same with other lines and zones for a source. */
  public CameraConfig withScene(String source, Scene scene) {
    List<SourceConfig> changed =
        sources.stream().map(s -> s.name().equals(source) ? s.withScene(scene) : s).toList();
    return new CameraConfig(changed, model, models, device, score, server, results, clips);
  }

  /** The same with another server. */
  public CameraConfig withServer(ServerConfig other) {
    return new CameraConfig(sources, model, models, device, score, other, results, clips);
  }
}
