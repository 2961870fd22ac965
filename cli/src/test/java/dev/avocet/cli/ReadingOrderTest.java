package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.TextRegion;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class ReadingOrderTest {
  private static TextRegion line(float x, float y, float width, float height) {
    Quad quad =
        new Quad(
            new Point(x, y),
            new Point(x + width, y),
            new Point(x + width, y + height),
            new Point(x, y + height));
    return new TextRegion(quad, 1);
  }

  @Test
  void shouldReadRowsFromTheTopAndEachFromTheLeft() {
    TextRegion number = line(6, 8, 15, 19);
    TextRegion title = line(48, 6, 240, 20);
    TextRegion body = line(5, 53, 690, 20);
    assertThat(ReadingOrder.sort(List.of(body, title, number)))
        .containsExactly(number, title, body);
  }

  @Test
  void shouldBeginARowWithALineThatReachesIntoTheOneAbove() {
    TextRegion first = line(50, 0, 100, 20);
    TextRegion second = line(0, 15, 100, 20);
    assertThat(ReadingOrder.sort(List.of(second, first))).containsExactly(first, second);
  }

  @Property(tries = 200)
  @net.jqwik.api.Tag("engineless")
  void shouldLoseNoLine(@ForAll List<Float> numbers) {
    List<TextRegion> lines = numbers.stream().map(n -> line(n, -n, n, 3)).toList();
    assertThat(ReadingOrder.sort(lines)).containsExactlyInAnyOrderElementsOf(lines);
  }
}
