package dev.avocet.net.tensorrt;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips what needs a GPU where there is none, and says which of driver, CUDA and TensorRT is
 * missing. With CI=true as well: machines that build have none.
 */
final class GpuPresent implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> reason = new TrtProvider().unavailable();
    return reason
        .map(text -> ConditionEvaluationResult.disabled("not run: " + text))
        .orElse(ConditionEvaluationResult.enabled("there is a GPU"));
  }
}
