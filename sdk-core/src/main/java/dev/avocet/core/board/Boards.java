package dev.avocet.core.board;

import dev.avocet.core.internal.board.LinuxBoard;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board that this process runs on.
 *
 * <pre>{@code
 * BoardReading now = Boards.here().read();
 * now.power().watts().ifPresent(watts -> System.out.println(watts + " W"));
 * }</pre>
 *
 * <p>Nothing runs in the background: what nobody asks for is not read. Thread safe.
 */
public final class Boards {
  /** System property: a folder with recorded files to be read in place of {@code /}. */
  public static final String ROOT_PROPERTY = "avocet.board.root";

  private static final Logger LOG = LoggerFactory.getLogger(Boards.class);

  /** Who asks again within this time gets the same reading, as the networks of a pipeline do. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Boards() {}

  /** Made when it is asked for first, and the same for all. */
  private static final class Here {
    static final Board BOARD = shared(at(Path.of(System.getProperty(ROOT_PROPERTY, "/"))));
  }

  /** The board that this process runs on; its readings are up to 50 ms old. */
  public static Board here() {
    return Here.BOARD;
  }

  /**
   * The board whose files are below a folder; for tests, and for containers that see those of their
   * host there. Every reading is a new one.
   *
   * @param root has {@code proc}, {@code sys} and {@code etc}
   */
  public static Board at(Path root) {
    Iterator<BoardProvider> providers = ServiceLoader.load(BoardProvider.class).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return new LinuxBoard(root);
        }
        Optional<Board> found = providers.next().find(root);
        if (found.isPresent()) {
          return found.get();
        }
      } catch (ServiceConfigurationError e) {
        LOG.warn("a provider of boards cannot be loaded and is left out: {}", e.getMessage());
      }
    }
  }

  private static Board shared(Board board) {
    return new Board() {
      private BoardReading last;

      @Override
      public BoardFacts facts() {
        return board.facts();
      }

      @Override
      public synchronized BoardReading read() {
        if (last == null || System.nanoTime() - last.nanos() > FRESH_NANOS) {
          last = board.read();
        }
        return last;
      }
    };
  }
}
