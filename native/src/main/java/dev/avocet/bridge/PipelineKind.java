package dev.avocet.bridge;

import dev.avocet.Answer;
import dev.avocet.HandleBuilder;
import dev.avocet.Pipeline;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pipelines; {@code avocet/pipeline.h}. */
final class PipelineKind implements Kind<Pipeline> {
  private static final int MAX_MODELS = 1024;

  /** {@code enum avocet_form}. */
  private static final int VALUES = 0;

  private static final int JSON = 1;

  @Override
  public Class<Pipeline> handle() {
    return Pipeline.class;
  }

  @Override
  public Pipeline create(Source source) {
    return source.open(builder(source));
  }

  private static HandleBuilder<Pipeline> builder(Source source) {
    if (source.has(Layouts.Source.PATH)) {
      return Pipeline.builder(source.path(Layouts.Source.PATH, "path"));
    }
    if (source.has(Layouts.Source.PARENT)) {
      return Pipeline.builder(source.model(Layouts.Source.PARENT));
    }
    String json = CMemory.text("json", source.pointer(Layouts.Source.JSON));
    Path folder =
        source.has(Layouts.Source.FOLDER)
            ? source.path(Layouts.Source.FOLDER, "folder")
            : Path.of("");
    return Pipeline.builder(json, folder, models(source));
  }

  private static Map<String, Model> models(Source source) {
    int count =
        Arg.count(
            "model_count",
            CMemory.int32(source.address() + Layouts.Source.MODEL_COUNT),
            MAX_MODELS);
    Map<String, Model> models = new HashMap<>();
    long at = source.pointer(Layouts.Source.MODELS);
    for (int i = 0; i < count; i++, at += Layouts.NamedModel.BYTES) {
      String place = "models[" + i + "]";
      CMemory.need("models", at);
      String name = CMemory.text(place + ".name", CMemory.int64(at + Layouts.NamedModel.NAME));
      if (models.put(name, source.model(CMemory.int64(at + Layouts.NamedModel.MODEL))) != null) {
        throw AvocetException.invalidArgument(
            "%s.name=\"%s\" is there already".formatted(place, name));
      }
    }
    return models;
  }

  @Override
  public Result apply(Pipeline handle, Input input) {
    int form = Arg.range("form", input.form(), VALUES, JSON);
    try (Answer answer = run(handle, input)) {
      return form == JSON ? new TextResult(answer.toJson()) : ValueResult.of(answer);
    }
  }

  private static Answer run(Pipeline handle, Input input) {
    long values = input.pointer(Layouts.Input.VALUES);
    if (values == 0) {
      return handle.run(input.images());
    }
    Map<String, List<Value>> samples = new LinkedHashMap<>();
    new ValueReader()
        .read("inputs", values)
        .fields()
        .forEach((name, list) -> samples.put(name, list.items()));
    return handle.run(samples);
  }

  @Override
  public void warmup(Pipeline handle) {
    handle.warmup();
  }

  @Override
  public String stats(Pipeline handle) {
    Map<String, Value> networks = new LinkedHashMap<>();
    for (Map.Entry<String, Stats> network : handle.stats().entrySet()) {
      networks.put(network.getKey(), StatsJson.of(network.getValue()));
    }
    return new Value.Fields(networks).toJson();
  }
}
