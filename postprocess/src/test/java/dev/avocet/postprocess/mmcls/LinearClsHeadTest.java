package dev.avocet.postprocess.mmcls;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Labels;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearClsHeadTest {
  private static final Map<String, Tensor> LOGITS =
      Map.of("output", tensor(Shape.of(1, 4), 0, 2, 1, 2));

  private static Labels labels(String params, Map<String, Tensor> tensors) {
    return (Labels) decode("LinearClsHead", params, tensors, plain(9, 9));
  }

  @Test
  void shouldNameTheBestClassesInOrderWhenScoresAreEqualTheFirst() {
    Labels labels = labels("{\"topk\":3}", LOGITS);

    assertThat(labels.ids()).containsExactly(1, 3, 2);
    assertThat(labels.scores()).containsExactly(2, 2, 1);
  }

  @Test
  void shouldNameAllWhenThereAreFewerThanAskedFor() {
    assertThat(labels("{\"topk\":9}", LOGITS).ids()).containsExactly(1, 3, 2, 0);
    assertThat(labels("{}", LOGITS).ids()).containsExactly(1);
  }

  @Test
  void shouldMakeProbabilitiesWhenSoftmaxIsWanted() {
    Map<String, Tensor> logits = Map.of("output", tensor(Shape.of(1, 3), 0, 2, 1));

    Labels labels = labels("{\"topk\":3,\"softmax\":true}", logits);

    // exp(0), exp(-1) and exp(-2) over their sum of 1.5032147
    assertThat(labels.scores())
        .containsExactly(new float[] {.66524f, .24473f, .09003f}, offset(1e-5f));
    assertThat(labels.ids()).containsExactly(1, 2, 0);
  }

  @Test
  void shouldStayFiniteWhenLogitsAreInfinite() {
    float inf = Float.POSITIVE_INFINITY;
    Map<String, Tensor> logits = Map.of("output", tensor(Shape.of(1, 3), inf, 3, -inf));

    assertThat(labels("{\"topk\":3,\"softmax\":true}", logits).scores()).containsExactly(1, 0, 0);
  }

  @Test
  void shouldPreferTheCallersNumberOfClasses() {
    HeadOptions two = new HeadOptions(OptionalDouble.empty(), OptionalInt.of(2));

    Labels labels =
        (Labels) head("LinearClsHead", "{}").decode(outputs(LOGITS), 0, plain(9, 9), two);

    assertThat(labels.ids()).containsExactly(1, 3);
  }

  @Test
  void shouldReadTheAskedEntryOfTheBatchAndTheOnlyOutputWhateverItsNameAndFurtherAxes() {
    Map<String, Tensor> outputs = Map.of("softmaxout_1", tensor(Shape.of(2, 2, 1, 1), 1, 0, 0, 1));

    Labels labels =
        (Labels)
            head("LinearClsHead", "{}")
                .decode(outputs(outputs), 1, plain(9, 9), HeadOptions.DEFAULT);

    assertThat(labels.ids()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ConformerHead",
        "ClsHead",
        "StackedLinearClsHead",
        "VisionTransformerClsHead",
        "EfficientFormerClsHead",
        "DeiTClsHead"
      })
  void shouldDecodeTheHeadsThatExportersName(String component) {
    Labels labels = (Labels) decode(component, "{\"topk\":2}", LOGITS, plain(9, 9));

    assertThat(labels.ids()).containsExactly(1, 3);
  }

  @Test
  void shouldSayExpectedAndFoundWhenTheOutputIsWrong() {
    String expected = "expected FLOAT32[B,C] or FLOAT32[B,C,1,1], found ";
    refused(tensor(Shape.of(4), 1, 2, 3, 4), expected + "FLOAT32[4]");
    refused(tensor(Shape.of(1, 1, 2, 2), 1, 2, 3, 4), expected + "FLOAT32[1,1,2,2]");
    refused(tensor(Shape.of(1, 0)), expected + "FLOAT32[1,0]");
    refused(longs(Shape.of(1, 2), 1, 2), expected + "INT64[1,2]");
    refused(tensor(Shape.of(0, 2)), "expected a batch of at least 1, found FLOAT32[0,2]");
    refused(tensor(Shape.of(1, 2), 1, Float.NaN), "holds NaN: a score in \"output\"");
  }

  private static void refused(Tensor output, String message) {
    assertRefused("LinearClsHead", "{}", Map.of("output", output), message);
  }

  @Test
  void shouldNamePathAndValueWhenAParameterIsWrong() {
    assertWrong("LinearClsHead", "{\"topk\":0}", "$.topk: expected 1 or more, found 0");
  }
}
