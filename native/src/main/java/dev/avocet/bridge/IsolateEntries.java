package dev.avocet.bridge;

import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.function.CEntryPoint;

/**
 * The C functions of {@code libavocet_isolate.so}: {@link Bridge}'s, with the calling thread's token
 * before them. The C shim creates the isolate, attaches threads and looks the functions up by name.
 *
 * <p>The library finds engines and OpenCV in the folder {@code natives} beside itself.
 */
final class IsolateEntries {
  private IsolateEntries() {}

  @CEntryPoint(name = "avocet_isolate_create")
  static int create(
      IsolateThread thread, int type, long source, long options, long handle, long error) {
    IsolateHome.prepare();
    return Bridge.create(type, source, options, handle, error);
  }

  @CEntryPoint(name = "avocet_isolate_apply")
  static int apply(
      IsolateThread thread, int type, long handle, long input, long results, long error) {
    return Bridge.apply(type, handle, input, results, error);
  }

  @CEntryPoint(name = "avocet_isolate_release")
  static int release(IsolateThread thread, int type, long results, long error) {
    return Bridge.release(type, results, error);
  }

  @CEntryPoint(name = "avocet_isolate_destroy")
  static int destroy(IsolateThread thread, int type, long handle, long error) {
    return Bridge.destroy(type, handle, error);
  }

  @CEntryPoint(name = "avocet_isolate_ask")
  static int ask(
      IsolateThread thread, int question, long subject, long argument, long answer, long error) {
    IsolateHome.prepare();
    return Bridge.ask(question, subject, argument, answer, error);
  }
}
