package dev.avocet.preprocess;

import dev.avocet.core.model.Params;
import dev.avocet.core.model.StepSpec;
import java.util.List;

/** Lists of steps from JSON text. */
public final class Steps {
  private Steps() {}

  /** The entries of a JSON array. */
  public static List<StepSpec> of(String json) {
    return in(Params.parse("pipeline.json", "{\"transforms\":" + json.replace('\'', '"') + "}"));
  }

  /** The entries of {@code transforms}. */
  static List<StepSpec> in(Params task) {
    return task.objects("transforms").stream()
        .map(params -> new StepSpec(params.text("type"), params))
        .toList();
  }
}
