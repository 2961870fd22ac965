package dev.avocet.net.tensorrt;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.cuda.presets.nvrtc;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.presets.nvonnxparser;

/**
 * What the libraries are called that the bindings on the class path are linked to, as the bindings
 * themselves say: those of one release want {@code libnvrtc.so.13}, of another {@code
 * libnvrtc.so.12}.
 */
final class NvidiaNames {
  /** JavaCPP's text for each library by its name: {@code nvrtc} to {@code nvrtc@.13}. */
  private final Map<String, String> links = new LinkedHashMap<>();

  /** JavaCPP's texts for what the libraries open themselves. */
  private final Set<String> beside = new LinkedHashSet<>();

  NvidiaNames() {
    for (Class<?> presets : new Class<?>[] {nvrtc.class, nvonnxparser.class}) {
      ClassProperties properties = Loader.loadProperties(presets, Loader.loadProperties(), true);
      properties.get("platform.link").forEach(link -> links.put(link.split("[@#!]", 2)[0], link));
      beside.addAll(properties.get("platform.preload"));
    }
  }

  /**
   * JavaCPP's text for every library that it loads along with a binding, without those named.
   *
   * @param used names of libraries
   */
  List<String> without(Set<String> used) {
    return Stream.concat(
            links.entrySet().stream()
                .filter(link -> !used.contains(link.getKey()))
                .map(Map.Entry::getValue),
            beside.stream())
        .toList();
  }

  /** Files that the libraries open themselves, where they are in the same folder. */
  List<String> besides() {
    return beside.stream().map(NvidiaNames::fileOf).toList();
  }

  /** JavaCPP's text for a library: {@code nvrtc@.13} for {@code nvrtc}. */
  String link(String library) {
    String link = links.get(library);
    if (link == null) {
      throw new UnsatisfiedLinkError("the bindings on the class path know no library " + library);
    }
    return link;
  }

  /** The file that is linked to: {@code libnvrtc.so.13} for {@code nvrtc}. */
  String file(String library) {
    return fileOf(link(library));
  }

  /** The CUDA that the bindings are for: 13. */
  int cuda() {
    String file = file("cudart");
    return Integer.parseInt(file.substring(file.lastIndexOf('.') + 1));
  }

  /** {@code libcudart.so.13} of {@code cudart@.13}, {@code libcuda.so.1} of {@code cuda@.1#}. */
  private static String fileOf(String link) {
    String[] parts = link.replaceAll("[#!]", "").split("@", 2);
    return "lib" + parts[0] + ".so" + (parts.length > 1 ? parts[1] : "");
  }
}
