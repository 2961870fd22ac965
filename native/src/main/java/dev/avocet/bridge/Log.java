package dev.avocet.bridge;

import dev.avocet.core.internal.Memory;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.Level;

/** What is logged, and where to. Thread safe. */
final class Log {
  static final int OFF = 0;
  static final int TRACE = 5;

  private static volatile int level = OFF;
  private static volatile LogSink sink = JvmLog::write;

  private Log() {}

  /** Sets where lines go; to the jvm host unless another has called this. */
  static void to(LogSink host) {
    sink = host;
  }

  /** Sets the least grave level that is logged, an AVOCET_LOG_ number. */
  static void level(int number) {
    level = Arg.range("level", number, OFF, TRACE);
  }

  static boolean isEnabled(Level wanted) {
    return number(wanted) <= level;
  }

  /** AVOCET_LOG_ numbers go from the gravest on. */
  private static int number(Level level) {
    return switch (level) {
      case ERROR -> 1;
      case WARN -> 2;
      case INFO -> 3;
      case DEBUG -> 4;
      case TRACE -> TRACE;
    };
  }

  /** Hands a line on. */
  static void write(Level grade, String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    try (Memory text = Memory.allocate(utf8.length + 1L)) {
      CMemory.view(text.address(), text.bytes()).put(utf8).put((byte) 0);
      sink.write(number(grade), text.address());
    }
  }
}
