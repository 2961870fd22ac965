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
 * Text of a network that was trained with connectionist temporal classification (CTC). Source:
 * MMDeploy 1.3.1, {@code codebase/mmocr/crnn.cpp}.
 *
 * <p>Reads {@code output} FLOAT32 [B,T,C], probabilities or logits. Of the T steps the first {@code
 * ceil(T * valid_ratio)} count, which show the picture and not its padding. A step whose best class
 * is that of the step before adds nothing, nor does the padding, which is the blank; every other
 * adds its token with its score.
 *
 * <p>Deviations from the reference: the batch may be above 1; NaN fails, and so does a class beyond
 * the dictionary, which the reference looks up behind its end.
 *
 * <p>Parameters: those of the dictionary: {@code dict_file}, {@code dict_list} or {@code
 * dict_type}; {@code with_start}, {@code with_end}, {@code same_start_end}, {@code with_padding},
 * {@code with_unknown} (all false); {@code start_token} (&lt;BOS&gt;), {@code end_token}
 * (&lt;EOS&gt;), {@code start_end_token} (&lt;BOS/EOS&gt;), {@code padding_token} (&lt;PAD&gt;),
 * {@code unknown_token} (absent: no such token); {@code ignore_chars} (["padding"]).
 */
public final class CTCConvertor implements Head<TextLine> {
  private static final String OUTPUT = "output";

  private final Dictionary dictionary;

  private CTCConvertor(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** Registers the head as {@code mmocr/CTCConvertor}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmocr";
    }

    @Override
    public String component() {
      return "CTCConvertor";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new CTCConvertor(Dictionary.of(params, files));
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
    int count = (int) Math.min(steps.count(), Math.ceil(steps.count() * meta.validRatio()));
    int before = dictionary.padding();
    for (int t = 0; t < count; t++) {
      int best = steps.best(t);
      if (best != before && !dictionary.ignored().contains(best)) {
        line.add(dictionary.token(best), steps.score(t, best));
      }
      before = best;
    }
    return line.line();
  }
}
