package dev.avocet.postprocess.mmaction;

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
 * The best classes of a clip. Source: MMDeploy 1.3.1, {@code codebase/mmaction/base_head.cpp}.
 *
 * <p>Reads {@link ClassScores}, which the network has averaged over its clips. Other than in the
 * reference, which reads past its memory then, fewer classes than asked for are no error. Releases
 * before 1.0 of the exporter write the class name of the network's head; all are the same here.
 *
 * <p>Parameter: {@code topk} (1).
 */
public final class BaseHead implements Head<Labels> {
  private final int topK;

  private BaseHead(Params params) {
    topK = params.intValue("topk", 1);
    if (topK < 1) {
      throw params.error("topk", "1 or more");
    }
  }

  /** Registers the head as {@code mmaction/BaseHead} and by the names of its like. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmaction";
    }

    @Override
    public String component() {
      return "BaseHead";
    }

    @Override
    public Set<String> aliases() {
      return Set.of(
          "GCNHead",
          "I3DHead",
          "MViTHead",
          "OmniHead",
          "SlowFastHead",
          "TPNHead",
          "TRNHead",
          "TSMHead",
          "TSNHead",
          "TimeSformerHead",
          "UniFormerHead",
          "X3DHead");
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new BaseHead(params);
    }
  }

  @Override
  public Class<Labels> resultType() {
    return Labels.class;
  }

  @Override
  public Labels decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    return ClassScores.read(outputs, index).top(options.topK(topK));
  }
}
