package dev.avocet.bridge;

/** The jvm host's {@link LogSink}: the C shim registers the method. */
final class JvmLog {
  private JvmLog() {}

  /** See {@link LogSink#write}. */
  static native void write(int level, long message);
}
