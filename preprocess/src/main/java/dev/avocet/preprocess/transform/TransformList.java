package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.preprocess.FrameOrder;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Several steps as one, made by the providers on the class path. At most one of them makes several
 * pictures of one. Immutable and thread safe.
 */
public final class TransformList implements Transform {
  private final List<Transform> steps;
  private final int views;
  private final Optional<FrameOrder> frameOrder;

  private TransformList(List<Transform> steps) {
    this.steps = steps;
    this.views = steps.stream().mapToInt(Transform::views).max().orElse(1);
    this.frameOrder = steps.stream().flatMap(step -> step.frameOrder().stream()).findFirst();
  }

  /**
   * Makes the steps. A prefix as in {@code mmdet.Resize} is taken off.
   *
   * @throws AvocetException NOT_SUPPORTED for an unknown transform, INVALID_ARG for a wrong
   *     parameter; the message has file and JSON path
   */
  public static TransformList create(List<StepSpec> specs) {
    Map<String, TransformProvider> known =
        ServiceLoader.load(TransformProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(TransformProvider::name, p -> p, (a, b) -> a, TreeMap::new));
    List<Transform> steps = specs.stream().map(spec -> create(known, spec)).toList();
    if (steps.stream().filter(step -> step.views() > 1).count() > 1) {
      throw AvocetException.invalidArgument(
          specs.get(0).params().where()
              + " and those after it: two steps make several pictures of one, remove all but one");
    }
    return new TransformList(steps);
  }

  /** The same, of the entries of a list within a list. */
  static TransformList of(List<Params> entries) {
    return create(entries.stream().map(e -> new StepSpec(e.text("type"), e)).toList());
  }

  private static Transform create(Map<String, TransformProvider> known, StepSpec spec) {
    String name = spec.type().substring(spec.type().lastIndexOf('.') + 1);
    TransformProvider provider = known.get(name);
    if (provider == null) {
      throw AvocetException.notSupported(
          "%s: unknown transform \"%s\"; known are %s"
              .formatted(spec.params().where(), spec.type(), known.keySet()));
    }
    return provider.create(spec.params());
  }

  @Override
  public void apply(Sample sample) {
    for (Transform step : steps) {
      step.apply(sample);
    }
  }

  @Override
  public int views() {
    return views;
  }

  @Override
  public Optional<FrameOrder> frameOrder() {
    return frameOrder;
  }

  @Override
  public boolean takesBox() {
    return steps.stream().anyMatch(Transform::takesBox);
  }
}
