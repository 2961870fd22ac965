package dev.avocet.core.net;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetTest {
  private final FakeNet net = new FakeNet();
  private Tensor x;
  private Tensor bias;
  private long liveBefore;

  @BeforeEach
  void makeInputs() {
    liveBefore = Memory.liveBytes();
    x = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    bias = Tensor.allocate(DataType.INT64, Shape.of(1));
    bias.longs().put(0, 10);
  }

  @AfterEach
  void checkThatNothingIsLeft() {
    x.close();
    bias.close();
    assertThat(net.openSlots).hasValue(0);
    assertThat(Memory.liveBytes()).isEqualTo(liveBefore);
  }

  @Test
  void shouldGiveAnswersThatOutliveTheSlot() {
    Map<String, Tensor> answers = net.run(Map.of("x", x, "bias", bias));
    assertThat(net.openSlots).hasValue(0);
    assertThat(answers.keySet()).containsExactly("sum", "rows");
    float[] sum = new float[6];
    answers.get("sum").floats().get(sum);
    assertThat(sum).containsExactly(11, 12, 13, 14, 15, 16);
    assertThat(answers.get("sum").shape()).isEqualTo(Shape.of(3, 2));
    assertThat(answers.get("rows").longs().get(0)).isEqualTo(3);
    answers.values().forEach(Tensor::close);
  }

  @Test
  void shouldNameTheInputsThereAreWhenANameIsWrong() {
    assertFails(Status.INVALID_ARG, () -> net.run(Map.of("x", x, "bias", bias, "z", x)))
        .isEqualTo("the network has no input \"z\"; it has [x FLOAT32[?,2], bias INT64[1]]");
  }

  @Test
  void shouldSayWhichInputIsMissingOrOfAnotherType() {
    assertFails(Status.INVALID_ARG, () -> net.run(Map.of("x", x)))
        .isEqualTo("input bias INT64[1] is needed, given is none");
    assertFails(Status.INVALID_ARG, () -> net.run(Map.of("x", bias, "bias", bias)))
        .isEqualTo("input x FLOAT32[?,2] is needed, given is Tensor INT64[1]");
  }

  @Test
  void shouldRefuseAShapeOrAClosedTensor() {
    try (Tensor wide = Tensor.of(Shape.of(1, 3), 1, 2, 3)) {
      assertFails(Status.INVALID_ARG, () -> net.run(Map.of("x", wide, "bias", bias)))
          .isEqualTo("input x FLOAT32[?,2] does not take shape=[1,3]");
    }
    bias.close();
    assertFails(Status.CLOSED, () -> net.run(Map.of("x", x, "bias", bias)))
        .isEqualTo("the tensor INT64[1] is closed");
  }

  @Test
  void shouldFreeTheFirstAnswersWhenALaterOneFails() {
    net.brokenOutput = 1;
    assertFails(Status.FAIL, () -> net.run(Map.of("x", x, "bias", bias)))
        .isEqualTo("output 1 is broken");
  }

  @Test
  void shouldTakeAnEmptyBatch() {
    try (Tensor empty = Tensor.of(Shape.of(0, 2))) {
      Map<String, Tensor> answers = net.run(Map.of("x", empty, "bias", bias));
      assertThat(answers.get("sum").byteSize()).isZero();
      answers.values().forEach(Tensor::close);
    }
  }
}
