package dev.avocet.bridge;

/** What the shim connects its log to. */
public final class JvmLog {
  private JvmLog() {}

  static native void write(int level, long message);
}
