package dev.avocet.bridge;

import java.nio.file.Path;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.ProcessProperties;
import org.graalvm.nativeimage.c.function.CEntryPoint;

/**
 * The C functions of {@code libavocet_isolate.so}: {@link Bridge}'s, with the calling thread's
 * token before them. The C shim creates the isolate, attaches threads, sees to it that there is
 * stack left, and looks the functions up by name.
 *
 * <p>What {@code -D} tells a JVM an isolate knows from where it lies: its native libraries are in
 * the folder {@code natives} beside it and are loaded as they are there.
 */
final class IsolateEntries {
  static {
    Path library = Path.of(ProcessProperties.getObjectFile("avocet_isolate_create"));
    Path natives = library.toAbsolutePath().resolveSibling("natives");
    System.setProperty("java.library.path", natives.toString());
    System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
    System.setProperty("org.bytedeco.javacpp.cacheLibraries", "false");
    System.setProperty(
        "avocet.onnxruntime.library", natives.resolve("libonnxruntime.so").toString());
  }

  private IsolateEntries() {}

  @CEntryPoint(name = "avocet_isolate_create")
  static int create(
      IsolateThread thread, int type, long source, long options, long handle, long error) {
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
    return Bridge.ask(question, subject, argument, answer, error);
  }

  /** Where the log's lines go from now on. */
  @CEntryPoint(name = "avocet_isolate_set_log")
  static void setLog(IsolateThread thread, IsolateLog.Function function) {
    Log.to(new IsolateLog(function));
  }
}
