package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogTest {
  private final Logger log = LoggerFactory.getLogger("dev.avocet.Somewhere");
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void collect() {
    Log.to((level, message) -> lines.add(level + " " + CMemory.text("line", message)));
  }

  @AfterEach
  void end() {
    level(Log.OFF);
  }

  private static void level(int number) {
    try (CStructs c = new CStructs()) {
      c.check(Bridge.ask(Questions.LOG, 0, c.int32s(number), 0, c.error()));
    }
  }

  @Test
  void shouldHandLinesOfTheLevelAndGraverOnes() {
    level(3);
    log.error("no {} at {}", "file", 7);
    log.warn("odd");
    log.info("two\n  lines of ä");
    log.debug("not wanted");
    log.error("it broke", new IllegalStateException("why"));
    assertThat(lines)
        .containsExactly(
            "1 Somewhere: no file at 7",
            "2 Somewhere: odd",
            "3 Somewhere: two lines of ä",
            "1 Somewhere: it broke: java.lang.IllegalStateException: why");
  }

  @Test
  void shouldNotFormatWhatNobodyWants() {
    Object costly =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("formatted");
          }
        };
    level(Log.OFF);
    log.error("{}", costly);
    level(4);
    log.trace("{}", costly);
    assertThat(lines).isEmpty();
    assertThat(log.isDebugEnabled()).isTrue();
    assertThat(log.isTraceEnabled()).isFalse();
  }

  @Test
  void shouldRefuseALevelThatIsNone() {
    try (CStructs c = new CStructs()) {
      Called.ask(c, Status.INVALID_ARG, Questions.LOG, 0, c.int32s(6))
          .isEqualTo("level=6: expected 0 to 5");
      Called.ask(c, Status.INVALID_ARG, Questions.LOG, 0, 0).startsWith("level=NULL");
    }
  }

  @Test
  void shouldLogWhatTheLibrarySays() {
    level(3);
    try (CStructs c = new CStructs()) {
      long handle = c.create(Types.DETECTOR, c.pathSource(Parcels.MODEL), 0);
      c.destroy(Types.DETECTOR, handle);
    }
    assertThat(lines).anyMatch(line -> line.startsWith("3 Engines: end2end.onnx runs on"));
  }
}
