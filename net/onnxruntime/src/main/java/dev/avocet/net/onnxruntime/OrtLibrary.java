package dev.avocet.net.onnxruntime;

import dev.avocet.core.internal.Natives;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/** Loads ONNX Runtime's native library and, on top of it, bytedeco's binding. */
final class OrtLibrary {
  /** System property: path of another libonnxruntime.so, for example one built for a GPU. */
  static final String PROPERTY = "avocet.onnxruntime.library";

  /** JavaCPP's platforms to the folders of Microsoft's jar. */
  private static final Map<String, String> FOLDERS =
      Map.of("linux-x86_64", "linux-x64", "linux-arm64", "linux-aarch64");

  private OrtLibrary() {}

  /**
   * Loads both; the library is unpacked into JavaCPP's cache if it is not there yet, under a lock
   * between processes.
   *
   * @throws UnsatisfiedLinkError saying where it was looked for and why that failed
   */
  static void load() {
    Natives.prepare();
    File library = find();
    try {
      // The binding needs a library of the name libonnxruntime.so.1 and takes the loaded one.
      System.load(library.getAbsolutePath());
    } catch (UnsatisfiedLinkError e) {
      throw error(library + " cannot be loaded: " + e.getMessage(), e);
    }
    try {
      Loader.load(org.bytedeco.onnxruntime.global.onnxruntime.class);
    } catch (LinkageError e) {
      throw error(
          "the binding org.bytedeco:onnxruntime:%s does not load on %s: %s"
              .formatted(Loader.getPlatform(), library, reason(e)),
          e);
    }
  }

  /** JavaCPP's own words are the last thing it tried; the cause below says why. */
  private static String reason(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }

  private static File find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      File file = new File(named);
      if (!file.isFile()) {
        throw error(PROPERTY + "=" + named + ": there is no such file", null);
      }
      return file;
    }
    String folder = FOLDERS.get(Loader.getPlatform());
    if (folder == null) {
      throw error(
          "platform=%s: there are libraries for %s; name another one by -D%s=PATH"
              .formatted(Loader.getPlatform(), FOLDERS.keySet(), PROPERTY),
          null);
    }
    String resource = "ai/onnxruntime/native/" + folder + "/libonnxruntime.so";
    URL url = OrtLibrary.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw error(
          "%s is not on the class path: add com.microsoft.onnxruntime:onnxruntime, or name a library by -D%s=PATH"
              .formatted(resource, PROPERTY),
          null);
    }
    try {
      return Loader.cacheResource(url);
    } catch (IOException e) {
      throw error(url + " cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static UnsatisfiedLinkError error(String message, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
    error.initCause(cause);
    return error;
  }
}
