package dev.avocet.net.onnxruntime;

import dev.avocet.core.internal.Natives;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/** Loads ONNX Runtime's native library and, on top of it, bytedeco's binding. */
final class OrtLibrary {
  /** System property: path of another libonnxruntime.so, for example one built for a GPU. */
  static final String PROPERTY = "avocet.onnxruntime.library";

  /** What to do where a provider is not compiled in. */
  static final String OTHER_BUILD =
      "com.microsoft.onnxruntime:onnxruntime_gpu on the class path, or a library named by -D%s=PATH, is another build"
          .formatted(PROPERTY);

  private static final String NAME = "libonnxruntime.so";

  /** What lies beside it in builds for GPUs, and is loaded from there when it is first used. */
  private static final List<String> PROVIDERS =
      List.of(
          "libonnxruntime_providers_shared.so",
          "libonnxruntime_providers_cuda.so",
          "libonnxruntime_providers_tensorrt.so");

  /** JavaCPP's platforms to the folders of Microsoft's jar. */
  private static final Map<String, String> FOLDERS =
      Map.of("linux-x86_64", "linux-x64", "linux-arm64", "linux-aarch64");

  private OrtLibrary() {}

  /**
   * Loads both; the library is unpacked into JavaCPP's cache if it is not there yet, under a lock
   * between processes.
   *
   * @return the folder of the library
   * @throws UnsatisfiedLinkError saying where it was looked for and why that failed
   */
  static Path load() {
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
    return library.toPath().toAbsolutePath().getParent();
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
    String inJar = "ai/onnxruntime/native/" + folder + "/";
    try {
      List<URL> found = resources(inJar + NAME);
      if (found.isEmpty()) {
        throw error(
            "%s is not on the class path: add com.microsoft.onnxruntime:onnxruntime, or name a library by -D%s=PATH"
                .formatted(inJar + NAME, PROPERTY),
            null);
      }
      return unpack(inJar, found);
    } catch (IOException e) {
      throw error(NAME + " cannot be unpacked: " + e.getMessage(), e);
    }
  }

  /** Unpacks the first library that has providers beside it, and these; else the first. */
  private static File unpack(String inJar, List<URL> found) throws IOException {
    for (URL library : found) {
      String jar = library.toString().replace(NAME, "");
      List<URL> beside = new ArrayList<>();
      for (String provider : PROVIDERS) {
        resources(inJar + provider).stream()
            .filter(url -> url.toString().equals(jar + provider))
            .forEach(beside::add);
      }
      if (!beside.isEmpty()) {
        for (URL provider : beside) {
          Loader.cacheResource(provider);
        }
        return Loader.cacheResource(library);
      }
    }
    return Loader.cacheResource(found.get(0));
  }

  private static List<URL> resources(String name) throws IOException {
    return Collections.list(OrtLibrary.class.getClassLoader().getResources(name));
  }

  private static UnsatisfiedLinkError error(String message, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
    error.initCause(cause);
    return error;
  }
}
