package dev.avocet.postprocess.mmocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DictionaryTest {
  @TempDir Path folder;

  private Dictionary dictionary(String params) {
    return Dictionary.of(Params.parse("pipeline.json", params), ModelFiles.directory(folder));
  }

  @Test
  void shouldReadLinesAsTheyAre() throws IOException {
    Files.writeString(folder.resolve("d.txt"), "α\n猫\r\n\n \nfamily 👩‍👧\nz\n");

    assertThat(dictionary("{\"dict_file\": \"d.txt\"}").tokens())
        .containsExactly("α", "猫\r", "", " ", "family 👩‍👧", "z");
    Files.writeString(folder.resolve("d.txt"), "a\n\n");
    assertThat(dictionary("{\"dict_file\": \"d.txt\"}").tokens()).containsExactly("a", "");
    Files.writeString(folder.resolve("d.txt"), "");
    assertThat(dictionary("{\"dict_file\": \"d.txt\"}").tokens()).isEmpty();
  }

  @Test
  void shouldKnowTheReferencesDictionaries() {
    assertThat(dictionary("{\"dict_type\": \"DICT36\"}").tokens())
        .hasSize(36)
        .startsWith("0", "1")
        .endsWith("y", "z");
    assertThat(dictionary("{\"dict_type\": \"DICT90\"}").tokens())
        .hasSize(90)
        .contains("A", "\\", "\"")
        .doesNotContain("{", " ", "^")
        .endsWith("`", "~");
  }

  @Test
  void shouldAppendTheSpecialTokensInOrder() {
    Dictionary apart =
        dictionary(
            "{\"dict_list\": [\"a\"], \"with_start\": true, \"with_end\": true, \"with_padding\":"
                + " true, \"with_unknown\": true, \"unknown_token\": \"?\", \"padding_token\":"
                + " \"_\"}");
    assertThat(apart.tokens()).containsExactly("a", "<BOS>", "<EOS>", "_", "?");
    assertThat(apart.end()).isEqualTo(2);
    assertThat(apart.padding()).isEqualTo(3);
    assertThat(apart.ignored()).containsExactly(3);

    Dictionary same =
        dictionary(
            "{\"dict_list\": [\"a\"], \"with_start\": true, \"with_end\": true, \"same_start_end\":"
                + " true, \"with_unknown\": true, \"unknown_token\": null}");
    assertThat(same.tokens()).containsExactly("a", "<BOS/EOS>");
    assertThat(same.end()).isEqualTo(1);
    assertThat(same.padding()).isEqualTo(-1);

    Dictionary startOnly =
        dictionary("{\"dict_list\": [\"a\"], \"with_start\": true, \"same_start_end\": true}");
    assertThat(startOnly.tokens()).containsExactly("a", "<BOS>");
    assertThat(startOnly.end()).isEqualTo(-1);
  }

  @Test
  void shouldIgnoreWhatItIsTold() {
    Dictionary dictionary =
        dictionary(
            "{\"dict_list\": [\"a\", \"b\"], \"with_end\": true, \"with_unknown\": true,"
                + " \"unknown_token\": \"?\", \"ignore_chars\": [\"end\", \"unknown\", \"b\"]}");

    assertThat(dictionary.ignored()).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThatThrownBy(() -> dictionary("{}"))
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "pipeline.json: $.dict_file: expected a file, or else dict_list or dict_type, found"
                + " nothing");
    assertThatThrownBy(() -> dictionary("{\"dict_type\": \"DICT37\"}"))
        .isInstanceOf(AvocetException.class)
        .hasMessage("pipeline.json: $.dict_type: expected DICT36 or DICT90, found \"DICT37\"");
    assertThatThrownBy(() -> dictionary("{\"dict_file\": \"none.txt\"}"))
        .isInstanceOf(AvocetException.class)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FILE_NOT_FOUND);
  }
}
