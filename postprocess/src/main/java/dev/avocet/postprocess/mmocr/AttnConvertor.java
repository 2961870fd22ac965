package dev.avocet.postprocess.mmocr;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.TextLine;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.text.LineBuilder;
import dev.avocet.postprocess.text.TokenSteps;

/**
 * Text of a network with an attention decoder, one token a step. Source: MMDeploy 1.3.1, {@code
 * codebase/mmocr/attention_convertor.cpp}.
 *
 * <p>Reads {@code output} FLOAT32 [B,T,C], probabilities or logits. The best class of each step
 * adds its token with its score, up to the class of the end; those of {@code ignore_chars} add
 * nothing.
 *
 * <p>Deviations from the reference: the batch may be above 1; NaN fails, and so does a class beyond
 * the dictionary, which the reference looks up behind its end.
 *
 * <p>Parameters: those of {@link CTCConvertor}.
 */
public final class AttnConvertor implements Head<TextLine> {
  private static final String OUTPUT = "output";

  private final Dictionary dictionary;

  private AttnConvertor(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** Registers the head as {@code mmocr/AttnConvertor}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmocr";
    }

    @Override
    public String component() {
      return "AttnConvertor";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new AttnConvertor(Dictionary.of(params, files));
    }
  }

  @Override
  public Class<TextLine> resultType() {
    return TextLine.class;
  }

  @Override
  public TextLine decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    TokenSteps steps = TokenSteps.of(OUTPUT, outputs.get(OUTPUT), index);
    LineBuilder line = new LineBuilder();
    for (int t = 0; t < steps.count(); t++) {
      int best = steps.best(t);
      if (best == dictionary.end()) {
        break;
      }
      if (!dictionary.ignored().contains(best)) {
        line.add(dictionary.token(best), steps.score(t, best));
      }
    }
    return line.line();
  }
}
