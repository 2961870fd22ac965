package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrtKeptTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable value(String name) {
    return () -> closed.add(name);
  }

  @Test
  void shouldDropWhatHasNotBeenUsedForLongest() {
    TrtKept<String, AutoCloseable> kept = new TrtKept<>(2, 1);
    kept.keep("a", value("a"));
    kept.keep("b", value("b"));
    assertThat(kept.find("a")).isPresent();
    kept.keep("c", value("c"));
    assertThat(closed).containsExactly("b");
    assertThat(kept.find("b")).isEmpty();
    assertThat(kept.find("a")).isPresent();
    kept.close();
    assertThat(closed).containsExactlyInAnyOrder("a", "b", "c");
    kept.close();
    assertThat(closed).hasSize(3);
  }

  @Test
  void shouldCloseWhatIsReplaced() {
    TrtKept<String, AutoCloseable> kept = new TrtKept<>(2, 1);
    kept.keep("a", value("first"));
    kept.keep("a", value("second"));
    assertThat(closed).containsExactly("first");
    kept.close();
    assertThat(closed).containsExactly("first", "second");
  }

  @Test
  void shouldSayWhenAKeyHasComeOftenEnough() {
    TrtKept<Integer, AutoCloseable> kept = new TrtKept<>(2, 3);
    assertThat(kept.comesOften(7)).isFalse();
    assertThat(kept.comesOften(7)).isFalse();
    assertThat(kept.comesOften(8)).isFalse();
    assertThat(kept.comesOften(7)).isTrue();
    // Once it was dropped it has to come as often again.
    kept.keep(7, value("7"));
    assertThat(kept.comesOften(7)).isFalse();
  }

  @Test
  void shouldForgetKeysThatHardlyEverCome() {
    TrtKept<Integer, AutoCloseable> kept = new TrtKept<>(2, 2);
    kept.comesOften(-1);
    for (int i = 0; i < 64; i++) {
      kept.comesOften(i);
    }
    assertThat(kept.comesOften(-1)).isFalse();
    assertThat(kept.comesOften(63)).isTrue();
  }

  @Test
  void shouldCloseAllAlthoughOneFails() {
    TrtKept<Integer, AutoCloseable> kept = new TrtKept<>(3, 1);
    kept.keep(1, value("1"));
    kept.keep(
        2,
        () -> {
          throw new IllegalStateException("of the test");
        });
    kept.keep(3, value("3"));
    assertThatThrownBy(kept::close).hasMessage("of the test");
    assertThat(closed).containsExactly("1", "3");
  }

  @Property
  void shouldKeepTheLastUsed(@ForAll List<@IntRange(min = 0, max = 9) Integer> keys) {
    Set<Integer> live = new LinkedHashSet<>();
    Set<Integer> expected = new LinkedHashSet<>();
    try (TrtKept<Integer, AutoCloseable> kept = new TrtKept<>(4, 1)) {
      for (int key : keys) {
        boolean there = kept.find(key).isPresent();
        assertThat(there).isEqualTo(expected.contains(key));
        if (!there) {
          kept.keep(key, () -> live.remove(key));
          live.add(key);
        }
        expected.remove(key);
        expected.add(key);
        if (expected.size() > 4) {
          expected.remove(expected.iterator().next());
        }
        assertThat(live).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
    assertThat(live).isEmpty();
  }
}
