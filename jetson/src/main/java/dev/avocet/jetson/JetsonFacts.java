package dev.avocet.jetson;

import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.internal.board.LinuxBoard;
import dev.avocet.core.internal.board.SysTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Jetson says of itself in its device tree and system files. Stateless. */
final class JetsonFacts {
  static final String COMPATIBLE = "proc/device-tree/compatible";

  /** A module's part number: alone, or behind that of its carrier and a plus. */
  private static final Pattern MODULE =
      Pattern.compile("nvidia,(?:p[0-9]{4}-[0-9]{4}\\+)?(p[0-9]{4}-[0-9]{4})(?:-super)?");

  private static final Pattern SOC = Pattern.compile("nvidia,(tegra[0-9]{3})");
  private static final Pattern MODE =
      Pattern.compile("< *POWER_MODEL +ID=([0-9]{1,4}) +NAME=([^ >]{1,64}) *>");
  private static final Pattern SET_MODE = Pattern.compile("pmode:([0-9]{1,4})");

  private JetsonFacts() {}

  static BoardFacts read(SysTree tree) {
    List<String> compatible = tree.strings(COMPATIBLE);
    return new BoardFacts(
        tree.text("proc/device-tree/model"),
        first(MODULE, compatible),
        first(SOC, compatible),
        tree.text("proc/device-tree/serial-number"),
        JetsonRelease.read(tree).map(JetsonRelease::toString),
        LinuxBoard.memory(tree));
  }

  private static Optional<String> first(Pattern pattern, List<String> texts) {
    return texts.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  /**
   * The power mode that is set: its name from {@code /etc/nvpmodel.conf}, else its number; empty
   * where {@code nvpmodel} has not said.
   */
  static Optional<String> mode(SysTree tree) {
    Matcher set = SET_MODE.matcher(tree.text("var/lib/nvpmodel/status").orElse(""));
    if (!set.find()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(set.group(1));
    Matcher mode = MODE.matcher(tree.text("etc/nvpmodel.conf").orElse(""));
    while (mode.find()) {
      if (Integer.parseInt(mode.group(1)) == number) {
        return Optional.of(mode.group(2));
      }
    }
    return Optional.of("mode " + number);
  }
}
