package dev.avocet.postprocess.mmcls;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.ClassScores;
import java.util.Set;

/**
 * Every class of a picture that may be of several, in the order of the classes. Source: MMDeploy
 * 1.3.1, {@code codebase/mmcls/multi_label_linear_cls.cpp}.
 *
 * <p>Reads {@link ClassScores} and gives them as they are; exported networks contain their sigmoid.
 * Where the caller says how many classes to name, the best so many are named, best first.
 */
public final class MultiLabelLinearClsHead implements Head<Labels> {
  private MultiLabelLinearClsHead() {}

  /** Registers the head as {@code mmcls/MultiLabelLinearClsHead} and by the names of its like. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmcls";
    }

    @Override
    public String component() {
      return "MultiLabelLinearClsHead";
    }

    @Override
    public Set<String> aliases() {
      return Set.of("CSRAClsHead", "MultiLabelClsHead");
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new MultiLabelLinearClsHead();
    }
  }

  @Override
  public Class<Labels> resultType() {
    return Labels.class;
  }

  @Override
  public Labels decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    ClassScores scores = ClassScores.read(outputs, index);
    return options.topK().isPresent() ? scores.top(options.topK().getAsInt()) : scores.all();
  }
}
