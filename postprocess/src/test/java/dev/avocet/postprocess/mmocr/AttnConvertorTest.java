package dev.avocet.postprocess.mmocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.TextTests.output;
import static dev.avocet.postprocess.TextTests.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.TextLine;
import org.junit.jupiter.api.Test;

class AttnConvertorTest {
  private static TextLine decode(String params, Tensor steps) {
    return (TextLine)
        head("AttnConvertor", params).decode(output(steps), 0, plain(9, 9), HeadOptions.DEFAULT);
  }

  @Test
  void shouldReadUpToTheEndAndKeepRepeats() {
    // a b <BOS/EOS> <PAD>
    TextLine line =
        decode(
            "{\"dict_list\": [\"a\", \"b\"], \"with_start\": true, \"with_end\": true,"
                + " \"same_start_end\": true, \"with_padding\": true}",
            steps(4, 0, 0, 3, 1, 2, 1));

    assertThat(line.text()).isEqualTo("aab");
    assertThat(line.scores()).containsExactly(0.5f, 0.51f, 0.53f);
  }

  @Test
  void shouldReadToTheLastStepWhenNoEndComes() {
    assertThat(decode("{\"dict_list\": [\"a\", \"b\"]}", steps(2, 0, 1, 1)).text())
        .isEqualTo("abb");
  }

  @Test
  void shouldIgnoreTheTokensThatIgnoreCharsNames() {
    String params =
        "{\"dict_list\": [\"a\", \"b\"], \"with_padding\": true, \"ignore_chars\": [\"b\", \"?\"]}";

    assertThat(decode(params, steps(3, 0, 1, 2, 0)).text()).isEqualTo("a<PAD>a");
  }
}
