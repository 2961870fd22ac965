package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes of a pipeline that run as one: a network, what prepares its input, and the heads that
 * decode its outputs.
 *
 * @param model has the network's file
 * @param heads one or several, each making one value
 */
public record NetworkUnit(
    Model model,
    TaskSpec.Preprocess preprocess,
    TaskSpec.Network network,
    List<TaskSpec.Postprocess> heads) {
  /** Copies the list. */
  public NetworkUnit {
    heads = List.copyOf(heads);
  }

  /**
   * What each head makes.
   *
   * @throws AvocetException NOT_SUPPORTED for an unknown head or one whose result cannot pass
   *     through a pipeline, INVALID_ARG for wrong parameters
   */
  public List<ValueType> outputs() {
    List<ValueType> types = new ArrayList<>();
    for (TaskSpec.Postprocess head : heads) {
      Class<?> type = newHead(head).resultType();
      if (!Valued.class.isAssignableFrom(type)) {
        throw AvocetException.notSupported(
            "%s.component: %s.%s answers %s, which a pipeline cannot pass on: let it be Valued"
                .formatted(head.where(), head.module(), head.component(), type.getName()));
      }
      types.add(ValueType.result(type));
    }
    return types;
  }

  Head<?> newHead() {
    return new AllHeads(heads.stream().<Head<?>>map(this::newHead).toList());
  }

  private Head<?> newHead(TaskSpec.Postprocess head) {
    return CompiledModel.provider(head).create(head.params(), model.files());
  }

  /** Decodes with all heads, to values that owe the heads nothing. */
  private record AllHeads(List<Head<?>> heads) implements Head<UnitAnswer> {
    @Override
    public Class<UnitAnswer> resultType() {
      return UnitAnswer.class;
    }

    @Override
    public UnitAnswer decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
      List<Value> values = new ArrayList<>(heads.size());
      try {
        for (Head<?> head : heads) {
          values.add(((Valued) head.decode(outputs, index, meta, options)).toValue());
        }
      } catch (RuntimeException e) {
        Closing.all(UnitAnswer.pictures(values));
        throw e;
      }
      return new UnitAnswer(values);
    }
  }
}
