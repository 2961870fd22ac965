package dev.avocet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.graph.ValueType;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.postprocess.RotatedBoxes;
import dev.avocet.core.postprocess.SegmentationMap;
import dev.avocet.core.postprocess.TextLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values, what results become, and JSON of both. */
class ValueTest {
  @Test
  void shouldWriteWhatAScriptCanRead() {
    Value value =
        Value.object(
            Map.entry("b", Value.of(true)),
            Map.entry("a", Value.of(1L << 40)),
            Map.entry("score", Value.of(0.1f)),
            Map.entry("exact", Value.of(0.1)),
            Map.entry("nan", Value.of(Double.NaN)),
            Map.entry("text", Value.of("\"\n")),
            Map.entry("hidden", Value.opaque(new Object())),
            Map.entry("list", Value.of(List.of(Value.nothing(), Value.opaque("x")))));
    assertThat(value.toJson())
        .isEqualTo(
            "{\"b\":true,\"a\":1099511627776,\"score\":0.1,\"exact\":0.1,\"nan\":null,"
                + "\"text\":\"\\\"\\n\",\"list\":[null,null]}");
    try (Image image = Image.allocate(PixelFormat.BGR, 4, 2)) {
      assertThat(Value.of(image.rotated(Rotation.CLOCKWISE_90)).toJson())
          .isEqualTo("{\"width\":2,\"height\":4,\"format\":\"BGR\"}");
      assertThat(image.toValue().asImage()).isSameAs(image);
    }
  }

  @Test
  void shouldSayWhatAValueIsInstead() {
    assertFails(() -> Value.nothing().asInt(), "expected a whole number, found nothing");
    assertFails(() -> Value.of(0.5).asInt(), "expected a whole number, found the number 0.5");
    assertFails(
        () -> Value.of(1L << 40).asInt(),
        "expected a whole number of 32 bits, found the number 1099511627776");
    assertFails(() -> Value.of("x").asDouble(), "expected a number, found a text");
    assertFails(() -> Value.of(3).asText(), "expected a text, found the number 3");
    assertFails(() -> Value.of(true).items(), "expected a list, found true");
    assertFails(() -> Value.of(1f, 2f).asImage(), "expected a picture, found a list of 2");
    assertFails(() -> Value.of(1).asBoolean(), "expected true or false, found the number 1");
    assertFails(() -> Value.of(1).fields(), "expected an object, found the number 1");
    Value object = Value.object(Map.entry("a", Value.nothing()));
    assertFails(() -> object.get("b"), "expected an object with \"b\", found an object of [a]");
    assertFails(
        () -> Value.opaque("x").as(Integer.class),
        "expected an object of class Integer, found an object of class String");
    assertThat(object.has("a")).isFalse();
    assertThat(object.get("a").isNull()).isTrue();
    assertThat(Value.of(3).asDouble()).isEqualTo(3);
    assertThat(Value.opaque("x").as(String.class)).isEqualTo("x");
  }

  private static void assertFails(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(message);
  }

  @Test
  void shouldGiveResultsTheReferencesForm() {
    Boxes boxes = new Boxes();
    boxes.add(3, 0.5f, 1, 2, 3, 4);
    boxes.setIndex(7);
    boxes.mask(new Mask(new Rect(1, 2, 1, 1), new byte[] {-1}));
    boxes.add(4, 0.25f, 0, 0, 1, 1);
    boxes.keyPoints(new KeyPoints(new float[] {1}, new float[] {2}, new float[] {0.5f}));
    Value before = boxes.toValue();
    boxes.clear();
    assertThat(before.toJson())
        .isEqualTo(
            "[{\"index\":7,\"label_id\":3,\"score\":0.5,\"bbox\":[1.0,2.0,3.0,4.0],"
                + "\"mask\":{\"x\":1,\"y\":2,\"width\":1,\"height\":1}},"
                + "{\"index\":1,\"label_id\":4,\"score\":0.25,\"bbox\":[0.0,0.0,1.0,1.0],"
                + "\"key_points\":[{\"bbox\":[1.0,2.0],\"score\":0.5}]}]");
    Mask mask = before.items().get(0).get("mask").get("pixels").as(Mask.class);
    assertThat(mask.contains(1, 2)).isTrue();
    assertThat(new Labels(new int[] {2}, new float[] {0.5f}).toValue().toJson())
        .isEqualTo("[{\"label_id\":2,\"score\":0.5}]");
    Point p = new Point(1, 2);
    assertThat(
            new Quads(List.of(new Quad(p, p, p, new Point(3, 4))), new float[] {0.5f})
                .toValue()
                .toJson())
        .isEqualTo("[{\"bbox\":[1.0,2.0,1.0,2.0,1.0,2.0,3.0,4.0],\"score\":0.5}]");
    assertThat(new TextLine("ab", new float[] {0.5f, 1}).toValue().toJson())
        .isEqualTo("{\"text\":\"ab\",\"score\":[0.5,1.0]}");
    assertThat(
            new RotatedBoxes(new int[] {1}, new float[] {0.5f}, new float[] {1, 2, 3, 4, 0.5f})
                .toValue()
                .toJson())
        .isEqualTo(
            "{\"detections\":[{\"label_id\":1,\"score\":0.5,\"rbbox\":[1.0,2.0,3.0,4.0,0.5]}]}");
    Value map = new SegmentationMap(2, 1, 3, new int[] {1, 2}, null).toValue();
    assertThat(map.toJson()).isEqualTo("{\"score\":null,\"height\":1,\"width\":2,\"classes\":3}");
    assertThat(map.get("mask").as(int[].class)).containsExactly(1, 2);
  }

  @Test
  void shouldCompareTypesAsFarAsTheyAreKnown() {
    ValueType boxes = ValueType.result(Boxes.class);
    assertThat(boxes).hasToString("list of Boxes").isEqualTo(ValueType.one(Boxes.class).listOf());
    assertThat(boxes.accepts(ValueType.ANY)).isTrue();
    assertThat(ValueType.ANY.accepts(boxes)).isTrue();
    assertThat(boxes.accepts(ValueType.one(Boxes.class))).isFalse();
    assertThat(boxes.accepts(ValueType.result(Labels.class))).isFalse();
    assertThat(boxes.entry().isList()).isFalse();
    assertThat(ValueType.result(TextLine.class).isList()).isFalse();
    assertThat(ValueType.ANY.listOf()).isEqualTo(ValueType.ANY).hasToString("anything");
    assertThat(ValueType.ANY.isList()).isTrue();
    assertThat(ValueType.PICTURE.accepts(ValueType.result(Image.class))).isTrue();
  }
}
