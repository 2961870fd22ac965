package dev.avocet.postprocess.ppocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.TextTests.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.TextLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CTCLabelDecodeTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTheDictionary() throws IOException {
    Files.writeString(folder.resolve("d.txt"), "a\r\n猫\nz\n");
  }

  private TextLine decode(String params, Tensor steps) {
    return (TextLine)
        head("CTCLabelDecode", params, ModelFiles.directory(folder))
            .decode(outputs(Map.of("softmax", steps)), 0, plain(9, 9), HeadOptions.DEFAULT);
  }

  @Test
  void shouldCollapseRepeatsAndDropTheBlank() {
    // blank a 猫 z space
    TextLine line = decode("{\"dict_file\": \"d.txt\"}", steps(5, 0, 1, 1, 0, 1, 4, 4, 2, 3, 0));

    assertThat(line.text()).isEqualTo("aa 猫z");
    assertThat(line.scores()).containsExactly(0.51f, 0.54f, 0.55f, 0.57f, 0.58f);
  }

  @Test
  void shouldHaveNoSpaceWhenItIsNotUsed() {
    String params = "{\"dict_file\": \"d.txt\", \"use_space_char\": false}";

    assertThat(decode(params, steps(4, 3, 2)).text()).isEqualTo("z猫");
  }

  @Test
  void shouldFailWhenTheDictionaryDoesNotFitTheNetwork() {
    assertThatThrownBy(() -> decode("{\"dict_file\": \"d.txt\"}", steps(97, 3)))
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "output \"softmax\" has 97 classes, dict_file and use_space_char make 5, the blank among"
                + " them");
  }

  @Test
  void shouldNeedADictionary() {
    assertThatThrownBy(() -> decode("{}", steps(4, 3)))
        .isInstanceOf(AvocetException.class)
        .hasMessage("pipeline.json: $.dict_file: expected a text, found nothing");
  }
}
