package dev.avocet.postprocess.ppocr;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text from the raw output of PP-OCR's recognisers, trained with connectionist temporal
 * classification (CTC). Source: PaddleOCR 2.7, {@code ppocr/postprocess/rec_postprocess.py}.
 *
 * <p>Reads {@code output}, or the only output there is: FLOAT32 [B,T,C], probabilities. Class 0 is
 * the blank; then come the lines of the dictionary, and last the space. A step whose best class is
 * that of the step before adds nothing, nor does the blank; every other adds its token with its
 * score, the mean of which PaddleOCR calls the line's confidence.
 *
 * <p>Parameters: {@code dict_file} (a file of the model, UTF-8, one token a line), {@code
 * use_space_char} (true).
 */
public final class CTCLabelDecode implements Head<TextLine> {
  private static final int BLANK = 0;

  /** By class; that of the blank is never used. */
  private final List<String> tokens;

  private CTCLabelDecode(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Registers the head as {@code ppocr/CTCLabelDecode}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "ppocr";
    }

    @Override
    public String component() {
      return "CTCLabelDecode";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      byte[] dictionary = files.read(params.text("dict_file"));
      List<String> tokens = new ArrayList<>(List.of(""));
      tokens.addAll(
          new String(dictionary, StandardCharsets.UTF_8).lines().collect(Collectors.toList()));
      if (params.booleanValue("use_space_char", true)) {
        tokens.add(" ");
      }
      return new CTCLabelDecode(List.copyOf(tokens));
    }
  }

  @Override
  public Class<TextLine> resultType() {
    return TextLine.class;
  }

  @Override
  public TextLine decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    String name = SoleOutput.name(outputs);
    TokenSteps steps = TokenSteps.of(name, outputs.get(name), index);
    if (steps.classes() != tokens.size()) {
      throw new AvocetException(
          Status.FAIL,
          "output \"%s\" has %d classes, dict_file and use_space_char make %d, the blank among them"
              .formatted(name, steps.classes(), tokens.size()));
    }
    LineBuilder line = new LineBuilder();
    int before = BLANK;
    for (int t = 0; t < steps.count(); t++) {
      int best = steps.best(t);
      if (best != before && best != BLANK) {
        line.add(tokens.get(best), steps.score(t, best));
      }
      before = best;
    }
    return line.line();
  }
}
