package dev.avocet.jetson;

import dev.avocet.core.internal.board.SysTree;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system software of a Jetson.
 *
 * @param l4t release of Jetson Linux ("Linux for Tegra"), such as {@code 36.4.3}
 */
record JetsonRelease(String l4t) {
  static final String FILE = "etc/nv_tegra_release";

  private static final Pattern LINE =
      Pattern.compile("# R([0-9]{1,3}) \\(release\\), REVISION: ([0-9]{1,3}(?:\\.[0-9]{1,3})?)");

  /**
   * JetPack by Jetson Linux: NVIDIA's "JetPack archive" (developer.nvidia.com/embedded/
   * jetpack-archive), as the table of rbonghi/jetson_stats, jetson_variables.py of July 2026, has
   * it.
   */
  private static final Map<String, String> JETPACK =
      Map.ofEntries(
          Map.entry("39.2.0", "7.2"),
          Map.entry("38.4.0", "7.1"),
          Map.entry("38.2.2", "7.0"),
          Map.entry("38.2.1", "7.0"),
          Map.entry("38.2.0", "7.0"),
          Map.entry("36.5.0", "6.2.2"),
          Map.entry("36.4.7", "6.2.1"),
          Map.entry("36.4.4", "6.2.1"),
          Map.entry("36.4.3", "6.2"),
          Map.entry("36.4.2", "6.1"),
          Map.entry("36.4.0", "6.1"),
          Map.entry("36.3.0", "6.0"),
          Map.entry("36.2.0", "6.0 DP"),
          Map.entry("35.6.4", "5.1.6"),
          Map.entry("35.6.3", "5.1.5"),
          Map.entry("35.6.2", "5.1.5"),
          Map.entry("35.6.1", "5.1.5"),
          Map.entry("35.6.0", "5.1.4"),
          Map.entry("35.5.0", "5.1.3"),
          Map.entry("35.4.1", "5.1.2"),
          Map.entry("35.3.1", "5.1.1"),
          Map.entry("35.2.1", "5.1"),
          Map.entry("35.1.0", "5.0.2"),
          Map.entry("32.7.6", "4.6.6"),
          Map.entry("32.7.5", "4.6.5"),
          Map.entry("32.7.4", "4.6.4"),
          Map.entry("32.7.3", "4.6.3"),
          Map.entry("32.7.2", "4.6.2"),
          Map.entry("32.7.1", "4.6.1"),
          Map.entry("32.6.1", "4.6"),
          Map.entry("32.5.1", "4.5.1"),
          Map.entry("32.5.0", "4.5"),
          Map.entry("32.4.4", "4.4.1"),
          Map.entry("32.4.3", "4.4"),
          Map.entry("32.3.1", "4.3"));

  /** The release in the first line of {@code /etc/nv_tegra_release}. */
  static Optional<JetsonRelease> read(SysTree tree) {
    Matcher line = LINE.matcher(tree.text(FILE).orElse(""));
    if (!line.lookingAt()) {
      return Optional.empty();
    }
    String revision = line.group(2);
    return Optional.of(
        new JetsonRelease(
            line.group(1) + "." + (revision.contains(".") ? revision : revision + ".0")));
  }

  /** The JetPack that has this Jetson Linux, where it is known. */
  Optional<String> jetPack() {
    return Optional.ofNullable(JETPACK.get(l4t));
  }

  @Override
  public String toString() {
    return jetPack()
        .map(jetPack -> "JetPack %s (L4T %s)".formatted(jetPack, l4t))
        .orElse("L4T " + l4t);
  }
}
