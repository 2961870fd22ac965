package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Drawing;
import dev.avocet.core.Mask;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class ValueDrawingTest {
  /** Writes down what is drawn. */
  private static final class Notes implements Drawing {
    final List<String> lines = new ArrayList<>();

    @Override
    public void area(Mask mask, int rgb) {
      lines.add("area " + mask.window().x());
    }

    @Override
    public void classes(Rect window, int[] classes) {
      lines.add("classes " + window.width() + "x" + window.height());
    }

    @Override
    public void box(float x1, float y1, float x2, float y2, String label, int rgb) {
      lines.add("box " + x1 + " " + label);
    }

    @Override
    public void polygon(List<Point> corners, String label, int rgb) {
      lines.add("polygon " + corners.size() + " " + label);
    }

    @Override
    public void text(List<Point> corners, String text, int rgb) {
      lines.add("text " + corners.get(0).x() + " " + text);
    }

    @Override
    public void line(Point from, Point to, int rgb) {
      lines.add("line");
    }

    @Override
    public void dot(Point centre, int rgb) {
      lines.add("dot " + centre.x());
    }

    @Override
    public void caption(String text, int rgb) {
      lines.add("caption " + text);
    }
  }

  private static Value object(Object... fields) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      values.put((String) fields[i], (Value) fields[i + 1]);
    }
    return new Value.Fields(values);
  }

  private static Value label(int id, double score) {
    return object("label_id", Value.of((long) id), "score", Value.of(score));
  }

  private static List<String> drawn(Object... outputs) {
    Notes notes = new Notes();
    ValueDrawing.of(object(outputs).fields()).forEach(one -> one.draw(notes));
    return notes.lines;
  }

  @Test
  void shouldNameEachPlaceAsTheOtherOutputSays() {
    Value quads =
        Value.of(
            List.of(
                object("bbox", Value.of(1f, 0f, 2f, 0f, 2f, 1f, 1f, 1f)),
                object("bbox", Value.of(5f, 0f, 6f, 0f, 6f, 1f, 5f, 1f))));
    Value texts =
        Value.of(List.of(object("text", Value.of("one")), object("text", Value.of("two"))));
    assertThat(drawn("places", quads, "texts", texts))
        .containsExactly("text 1.0 one", "text 5.0 two");
  }

  @Test
  void shouldDrawBoxesWithTheirClassAndTheBestOfEachListOfClasses() {
    byte[] pixels = {(byte) 255};
    Value box =
        object(
            "label_id",
            Value.of(3L),
            "score",
            Value.of(0.5),
            "bbox",
            Value.of(1f, 2f, 3f, 4f),
            "mask",
            object("pixels", Value.opaque(new Mask(new Rect(7, 7, 1, 1), pixels))));
    Value classes = Value.of(List.of(Value.of(List.of(label(9, 0.25), label(8, 0.125)))));
    assertThat(drawn("boxes", Value.of(List.of(box)), "classes", classes))
        .containsExactly("area 7", "box 1.0 class 3 0.50 class 9 0.25");
  }

  @Test
  void shouldDrawWhatIsSaidOfTheWholePicture() {
    assertThat(drawn("classes", Value.of(List.of(label(2, 1), label(1, 0.5)))))
        .containsExactly("caption class 2 1.00", "caption class 1 0.50");
    Value map =
        object("mask", Value.opaque(new int[6]), "width", Value.of(3L), "height", Value.of(2L));
    assertThat(drawn("map", map)).containsExactly("classes 3x2");
    Value point = object("bbox", Value.of(4f, 5f), "score", Value.of(1.0));
    Value pose = object("key_points", Value.of(List.of(point)));
    assertThat(drawn("pose", pose)).containsExactly("dot 4.0");
    Value turned = object("rbbox", Value.of(1f, 2f, 3f, 4f, 0f), "label_id", Value.of(0L));
    assertThat(drawn("found", object("detections", Value.of(List.of(turned)))))
        .containsExactly("polygon 4 ");
  }

  @Test
  void shouldLeaveOutWhatItDoesNotKnow() {
    assertThat(
            drawn(
                "nothing", Value.nothing(),
                "number", Value.of(1L),
                "none", Value.of(List.of()),
                "lists", Value.of(List.of(Value.of(List.of(Value.of(1L))))),
                "scores",
                    object("mask", Value.nothing(), "width", Value.of(1L), "height", Value.of(1L))))
        .isEmpty();
  }
}
