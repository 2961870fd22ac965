package dev.avocet.bridge;

import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.WordFactory;

/** The isolate host's {@link LogSink}: a function of the C shim. */
final class IsolateLog implements LogSink {
  private final Function function;

  IsolateLog(Function function) {
    this.function = function;
  }

  /** {@code void (*)(int32_t level, const char* message)}. */
  interface Function extends CFunctionPointer {
    @InvokeCFunctionPointer
    void call(int level, CCharPointer message);
  }

  @Override
  public void write(int level, long message) {
    CCharPointer text = WordFactory.pointer(message);
    function.call(level, text);
  }
}
