package dev.avocet.postprocess.mmaction;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseHeadTest {
  private static final Map<String, Tensor> SCORES =
      Map.of("output", tensor(Shape.of(2, 3), -4, 7, 5, 9, 9, 9));

  @ParameterizedTest
  @CsvSource({"BaseHead", "SlowFastHead", "TSNHead", "TSMHead", "I3DHead", "X3DHead"})
  void shouldNameTheBestClassesOfTheFirstRow(String component) {
    Labels labels = (Labels) decode(component, "{\"topk\":2}", SCORES, plain(9, 9));

    assertThat(labels.ids()).containsExactly(1, 2);
    assertThat(labels.scores()).containsExactly(7, 5);
  }

  @Test
  void shouldNameAllWhenThereAreFewerThanAskedFor() {
    Labels labels = (Labels) decode("BaseHead", "{\"topk\":12}", SCORES, plain(9, 9));

    assertThat(labels.ids()).containsExactly(1, 2, 0);
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertRefused(
        "BaseHead", "{}", Map.of("output", tensor(Shape.of(2), 1, 2)), "found FLOAT32[2]");
    assertWrong("BaseHead", "{\"topk\":-1}", "$.topk: expected 1 or more, found -1");
  }
}
