package dev.avocet.jetson;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardProvider;
import dev.avocet.core.internal.board.SysTree;
import java.nio.file.Path;
import java.util.Optional;

/** Knows Jetson boards: by the chip in their device tree, or by their system's release file. */
public final class JetsonBoardProvider implements BoardProvider {
  /** For {@link java.util.ServiceLoader}. */
  public JetsonBoardProvider() {}

  @Override
  public Optional<Board> find(Path root) {
    SysTree tree = new SysTree(root);
    boolean tegra =
        tree.strings(JetsonFacts.COMPATIBLE).stream().anyMatch(c -> c.startsWith("nvidia,tegra"));
    return tegra || tree.exists(JetsonRelease.FILE)
        ? Optional.of(new JetsonBoard(tree))
        : Optional.empty();
  }
}
