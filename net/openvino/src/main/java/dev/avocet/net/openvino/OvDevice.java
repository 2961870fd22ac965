package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A device in OpenVINO's words, and the real ones behind it.
 *
 * @param name for example {@code CPU}, {@code GPU.1}, {@code AUTO:GPU,CPU}
 */
record OvDevice(String name) {
  /** Devices that hand the work to others. */
  private static final Set<String> VIRTUAL = Set.of("AUTO", "HETERO", "MULTI", "BATCH");

  /** Those of them that make do with what is there. */
  private static final Set<String> CHOOSING = Set.of("AUTO", "MULTI");

  private static final Set<String> REAL = Set.of("CPU", "GPU", "NPU");

  /** As asked for: upper case, and {@code gpu:1} as {@code GPU.1}. */
  static OvDevice of(Device device) {
    String name = device.name().toUpperCase(Locale.ROOT);
    return new OvDevice(device.index() == 0 ? name : name + "." + device.index());
  }

  /** Whether OpenVINO knows such a device at all. */
  static boolean isKnown(String name) {
    String kind = kind(name.toUpperCase(Locale.ROOT));
    return VIRTUAL.contains(kind) || REAL.contains(kind);
  }

  /** The first word: {@code GPU} of {@code GPU.1}, {@code AUTO} of {@code AUTO:GPU,CPU}. */
  private static String kind(String name) {
    return name.split("[.:(]", 2)[0];
  }

  /** {@code AUTO} of {@code AUTO:GPU,CPU}. */
  String kind() {
    return kind(name);
  }

  boolean isVirtual() {
    return VIRTUAL.contains(kind(name));
  }

  /** Whether it is one device that is not the processor. */
  boolean isAccelerator() {
    return !isVirtual() && !isProcessor();
  }

  /** Whether everything runs on the processor. */
  boolean isProcessor() {
    return kind(name).equals("CPU");
  }

  /** The devices named, without the batch sizes of {@code BATCH:GPU(4)}. */
  List<String> members() {
    if (!isVirtual()) {
      return List.of(name);
    }
    int colon = name.indexOf(':');
    return colon < 0
        ? List.of()
        : Stream.of(name.substring(colon + 1).replaceAll("\\(\\d*\\)", "").split(","))
            .filter(member -> !member.startsWith("-"))
            .toList();
  }

  /**
   * Refuses what is not there. Of the candidates of {@code AUTO} and {@code MULTI} one is enough,
   * since OpenVINO passes over the others.
   *
   * @param there OpenVINO's names
   * @throws AvocetException NOT_SUPPORTED, with what is there
   */
  void checkThere(OvRuntime runtime, List<String> there) {
    List<String> missing = members().stream().filter(member -> !isThere(member, there)).toList();
    boolean oneIsEnough = CHOOSING.contains(kind(name)) && missing.size() < members().size();
    if (!missing.isEmpty() && !oneIsEnough) {
      throw AvocetException.notSupported(
          "device=openvino:%s: OpenVINO %s finds no %s on this machine, only %s; is its driver installed and may this user open it?"
              .formatted(
                  name,
                  runtime.version(),
                  String.join(" and no ", missing),
                  String.join(", ", there)));
    }
  }

  /** The only one of a kind is called without its number, and asked for with or without it. */
  private static boolean isThere(String member, List<String> there) {
    return there.stream()
        .anyMatch(
            name ->
                name.equals(member) || kind(name).equals(member) || (name + ".0").equals(member));
  }
}
