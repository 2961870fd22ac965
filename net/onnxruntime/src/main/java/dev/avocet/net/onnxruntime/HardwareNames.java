package dev.avocet.net.onnxruntime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makers call the parts of this machine, as Linux has it in {@code /proc}; ONNX Runtime does
 * not say.
 *
 * @param proc where that is
 */
record HardwareNames(Path proc) {
  /** Those of this machine. */
  static final HardwareNames SYSTEM = new HardwareNames(Path.of("/proc"));

  /**
   * The processor: its model name as x86-64 gives it; on Arm64, whose kernel mostly has none, the
   * board's name from the device tree and the numbers of the core's designer and part.
   */
  String processor() {
    Map<String, String> facts = facts(proc.resolve("cpuinfo"));
    String name = facts.get("model name");
    if (name != null) {
      return name;
    }
    String part = facts.get("CPU part");
    String core = "Arm core " + part + " of designer " + facts.get("CPU implementer");
    String found =
        Stream.of(board(), facts.getOrDefault("Hardware", ""), part == null ? "" : core)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? System.getProperty("os.arch") : found;
  }

  /** NVIDIA's cards, by the driver's own list, or the board that has one built in; else empty. */
  String nvidiaGpus() {
    List<String> models = new ArrayList<>();
    try (DirectoryStream<Path> cards =
        Files.newDirectoryStream(proc.resolve("driver/nvidia/gpus"))) {
      for (Path card : cards) {
        models.add(facts(card.resolve("information")).getOrDefault("Model", card.toString()));
      }
    } catch (IOException e) {
      // The driver of a card has such a folder, that of a Jetson board has not.
      return text(proc.resolve("device-tree/compatible")).contains("nvidia,") ? board() : "";
    }
    return models.stream().sorted().collect(Collectors.joining(", "));
  }

  /** The board, where the machine has a device tree: a text that ends in a zero byte. */
  private String board() {
    return text(proc.resolve("device-tree/model")).replace("\0", "").strip();
  }

  /** Lines {@code key : value}; the first of each key. */
  private static Map<String, String> facts(Path file) {
    Map<String, String> facts = new LinkedHashMap<>();
    text(file)
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String value = line.substring(colon + 1).strip();
              if (!value.isEmpty()) {
                facts.putIfAbsent(line.substring(0, colon).strip(), value);
              }
            });
    return facts;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
