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
 * The best classes of a picture. Source: MMDeploy 1.3.1, {@code codebase/mmcls/linear_cls.cpp}.
 *
 * <p>Reads {@link ClassScores}. The scores are given as they are, or through a softmax; exported
 * networks contain theirs. Fewer classes than asked for are no error. Other than in the reference
 * an output with further axes has to have an extent of 1 there.
 *
 * <p>The exporter writes the class name of the network's head, which for most of them the reference
 * does not know; all that answer one score a class are known here.
 *
 * <p>Parameters: {@code topk} (1), {@code softmax} (false).
 */
public final class LinearClsHead implements Head<Labels> {
  private final int topK;
  private final boolean softmax;

  private LinearClsHead(Params params) {
    topK = params.intValue("topk", 1);
    softmax = params.booleanValue("softmax", false);
    if (topK < 1) {
      throw params.error("topk", "1 or more");
    }
  }

  /** Registers the head as {@code mmcls/LinearClsHead} and by the names of its like. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmcls";
    }

    @Override
    public String component() {
      return "LinearClsHead";
    }

    @Override
    public Set<String> aliases() {
      return Set.of(
          "ArcFaceClsHead",
          "ClsHead",
          "ConformerHead",
          "DeiTClsHead",
          "EfficientFormerClsHead",
          "LeViTClsHead",
          "StackedLinearClsHead",
          "VigClsHead",
          "VisionTransformerClsHead");
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new LinearClsHead(params);
    }
  }

  @Override
  public Class<Labels> resultType() {
    return Labels.class;
  }

  @Override
  public Labels decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    ClassScores scores = ClassScores.read(outputs, index);
    return (softmax ? scores.softmax() : scores).top(options.topK(topK));
  }
}
