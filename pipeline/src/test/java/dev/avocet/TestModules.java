package dev.avocet;

import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Modules that only tests have; registered as any user's would be. */
final class TestModules {
  /** What {@link Wait} waits for. */
  static volatile CountDownLatch gate = new CountDownLatch(0);

  private TestModules() {}

  private record Function(
      List<ValueType> inputs,
      ValueType output,
      java.util.function.Function<List<Value>, Value> body)
      implements PipelineModule {
    @Override
    public List<ValueType> outputs(List<ValueType> found) {
      return List.of(output);
    }

    @Override
    public List<Value> apply(List<Value> values, Owner owner) {
      return List.of(body.apply(values));
    }
  }

  /** Two values of any kind as a list. */
  public static final class Join implements PipelineModuleProvider {
    @Override
    public String name() {
      return "test.Join";
    }

    @Override
    public PipelineModule create(Params params) {
      return new Function(List.of(ValueType.ANY, ValueType.ANY), ValueType.ANY, Value::of);
    }
  }

  /** Throws what no module should, where the picture is narrower than {@code width}. */
  public static final class Fail implements PipelineModuleProvider {
    @Override
    public String name() {
      return "test.Fail";
    }

    @Override
    public PipelineModule create(Params params) {
      int width = params.intValue("width");
      return new Function(
          List.of(ValueType.PICTURE),
          ValueType.PICTURE,
          values -> {
            if (values.get(0).asImage().width() < width) {
              throw new IllegalStateException("too narrow");
            }
            return values.get(0);
          });
    }
  }

  /** The picture, once the gate is open. */
  public static final class Wait implements PipelineModuleProvider {
    @Override
    public String name() {
      return "test.Wait";
    }

    @Override
    public PipelineModule create(Params params) {
      return new Function(
          List.of(ValueType.PICTURE),
          ValueType.PICTURE,
          values -> {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return values.get(0);
          });
    }
  }

  /** Whether the picture is wider than high. */
  public static final class Wide implements PipelineModuleProvider {
    @Override
    public String name() {
      return "test.Wide";
    }

    @Override
    public PipelineModule create(Params params) {
      return new Function(
          List.of(ValueType.PICTURE),
          ValueType.one(Boolean.class),
          values -> Value.of(values.get(0).asImage().width() > values.get(0).asImage().height()));
    }
  }
}
