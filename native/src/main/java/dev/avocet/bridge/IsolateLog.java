package dev.avocet.bridge;

import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.graalvm.nativeimage.c.type.CCharPointer;

/** A C function that takes a line of the log: {@code void (*)(int32_t, const char*)}. */
interface IsolateLog extends CFunctionPointer {
  @InvokeCFunctionPointer
  void write(int level, CCharPointer message);

  /** The one that the shim gave. */
  final class Target {
    static volatile IsolateLog function;

    private Target() {}
  }
}
