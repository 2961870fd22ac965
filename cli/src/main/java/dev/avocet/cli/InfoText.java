package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code info} prints for people. */
final class InfoText {
  private final StringBuilder text = new StringBuilder();

  private InfoText() {}

  /**
   * The text.
   *
   * @param facts in the form of docs/json.md
   */
  static String of(JsonNode facts) {
    InfoText info = new InfoText();
    info.write(facts);
    return info.text.toString();
  }

  private void write(JsonNode facts) {
    String task = facts.path("task").asText();
    text.append(facts.path("model").asText()).append('\n');
    row("task", task.isEmpty() ? "not named" : task);
    boolean handle = facts.path("handle").isTextual();
    row("handle", handle ? facts.path("handle").asText() : "none yet for this task");
    row("what", facts.path("description").asText());
    row("licence", facts.path("licence").asText());
    row("labels", labels(texts(facts.path("labels"))));
    for (JsonNode network : facts.path("networks")) {
      network(network);
    }
    int number = 1;
    for (JsonNode stage : facts.path("stages")) {
      String steps = String.join(", ", texts(stage.path("steps")));
      String head = "%d. %s".formatted(number++, stage.path("module").asText());
      row("stage", steps.isEmpty() ? head : head + ": " + steps);
    }
    plan(facts);
  }

  private void network(JsonNode network) {
    row(
        "network",
        String.format(
            Locale.ROOT,
            "%s %s %.2f MB",
            network.path("file").asText(),
            network.path("precision").asText(),
            network.path("bytes").asLong() / 1e6));
    if (network.path("error").isObject()) {
      row("error", network.path("error").path("message").asText());
      return;
    }
    row("engine", network.path("engine").asText());
    network.path("inputs").forEach(tensor -> row("input", tensor(tensor)));
    network.path("outputs").forEach(tensor -> row("output", tensor(tensor)));
  }

  private void plan(JsonNode facts) {
    JsonNode plan = facts.path("plan");
    if (plan.isObject()) {
      row(
          "plan",
          "%dx%d to %s%s"
              .formatted(
                  plan.path("width").asInt(),
                  plan.path("height").asInt(),
                  plan.path("type").asText(),
                  plan.path("shape")));
      row("", plan.path("description").asText());
    } else if (facts.path("plan_error").isObject()) {
      row("plan", "none: " + facts.path("plan_error").path("message").asText());
    }
  }

  private static String labels(List<String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    String first = String.join(", ", labels.subList(0, Math.min(8, labels.size())));
    return labels.size() + ": " + first + (labels.size() > 8 ? ", …" : "");
  }

  private static String tensor(JsonNode tensor) {
    String shape = tensor.path("shape").toString().replace("-1", "?");
    return "%s %s%s".formatted(tensor.path("name").asText(), tensor.path("type").asText(), shape);
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      text.append("  %-9s %s%n".formatted(name, value));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
