package dev.avocet.net.tensorrt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands TensorRT's log to SLF4J, a level or more lower: its errors come back as exceptions as well,
 * and its information is about every step. What it says of errors is kept for the thread that
 * called TensorRT, until {@link #failure} takes it. Thread safe; TensorRT knows one logger for
 * ever.
 */
final class TrtLog extends ILogger {
  /** The name of the log, the whole module's. */
  static final String NAME = "dev.avocet.net.tensorrt";

  /** TensorRT's numbers, {@code ILogger::Severity}. */
  private static final int ERROR = 1;

  private static final int WARNING = 2;
  private static final int INFO = 3;

  /** What follows more errors than this is of no help. */
  private static final int MOST_LINES = 16;

  private static final int MOST_CHARACTERS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private static final Pattern SEARCH = Pattern.compile("Searching for plugin: ?(\\w+)");

  /** What was said in one thread. */
  private static final class Said {
    private final List<String> errors = new ArrayList<>();
    private String searched = "";
  }

  private final ThreadLocal<Said> said = ThreadLocal.withInitial(Said::new);

  @Override
  public void log(ILogger.Severity severity, String message) {
    try {
      String words =
          message.length() > MOST_CHARACTERS ? message.substring(0, MOST_CHARACTERS) : message;
      switch (severity.value) {
        case 0, ERROR -> {
          keep(words);
          LOG.warn("{}", words);
        }
        case WARNING -> LOG.info("{}", words);
        case INFO -> {
          Matcher search = SEARCH.matcher(words);
          if (search.find()) {
            said.get().searched = search.group(1);
          }
          LOG.debug("{}", words);
        }
        default -> LOG.trace("{}", words);
      }
    } catch (RuntimeException e) {
      // The application's logger failed; there is nobody left to tell.
    }
  }

  private void keep(String words) {
    List<String> kept = said.get().errors;
    if (kept.size() < MOST_LINES) {
      kept.add(words);
    }
  }

  /** Forgets what this thread's earlier calls said. */
  void clear() {
    said.remove();
  }

  /** Whether errors were said in this thread since {@link #clear}. */
  boolean failed() {
    return !said.get().errors.isEmpty();
  }

  /** What was said of errors in this thread since {@link #clear}, which is then forgotten. */
  TrtFailure failure() {
    TrtFailure failure = TrtFailure.of(said.get().errors, said.get().searched);
    clear();
    return failure;
  }
}
