package dev.avocet.testing;

import dev.avocet.core.net.Engines;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips what needs a GPU where there is none, and says which of driver, CUDA and TensorRT is
 * missing. With CI=true as well: the machines that build have none.
 */
final class GpuPresent implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return missing()
        .map(reason -> ConditionEvaluationResult.disabled("not run: " + reason))
        .orElse(ConditionEvaluationResult.enabled("there is a GPU with TensorRT"));
  }

  private static Optional<String> missing() {
    return Engines.installed().stream()
        .filter(provider -> provider.name().equals("tensorrt"))
        .findFirst()
        .map(provider -> provider.unavailable())
        .orElse(Optional.of("TensorRT's engine is not on the class path of this run"));
  }
}
