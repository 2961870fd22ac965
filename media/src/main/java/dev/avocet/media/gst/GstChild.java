package dev.avocet.media.gst;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of {@code gst-launch-1.0}. It writes frames into a named pipe, since plugins, NVIDIA's
 * among them, print to standard output; what it prints tells what the frames are ({@code -v}) and
 * what went wrong. It is started with a list of arguments, never by a shell. Thread safe.
 */
final class GstChild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GstChild.class);
  private static final String TOOL = "gst-launch-1.0";
  private static final String SINK = "avocetframes";
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\s\"']|\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+')++");
  private static final Pattern QUOTES = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|'([^']*+)'");
  private static final Pattern CAPS = Pattern.compile(SINK + "\\.GstPad:sink: caps = (.+)");
  private static final Pattern REASON =
      Pattern.compile("^(?:ERROR|WARNING|Additional debug info)|erroneous pipeline");

  /** Lines of its reasons that are kept. */
  private static final int MOST_REASONS = 8;

  /** Lines below "Additional debug info:". */
  private static final int DETAILS = 2;

  private static final int MOST_LINE = 2000;

  /** How long it may take to stop its devices before it is killed. */
  private static final long STOP_MILLIS = 700;

  private static final long WAKE_MILLIS = 20;

  private final List<String> command;
  private final Path folder;
  private final Path pipe;
  private final Process process;
  private final List<String> reasons = new ArrayList<>();

  /** Lines to come that belong to a reason. */
  private int details;

  private String caps;
  private boolean capsChanged;
  private boolean live;
  private boolean silent;
  private boolean closed;
  private volatile boolean opening;

  private GstChild(List<String> command, Path folder, Path pipe) throws IOException {
    this.command = command;
    this.folder = folder;
    this.pipe = pipe;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GST_DEBUG_NO_COLOR", "1");
    this.process = builder.start();
    daemon(this::listen, "avocet-gst messages");
  }

  /**
   * Takes a pipeline apart at its white space; quotes keep words together and are taken away, as a
   * shell would.
   */
  static List<String> words(String pipeline) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(pipeline);
    while (word.find()) {
      StringBuilder text = new StringBuilder();
      Matcher quoted = QUOTES.matcher(word.group());
      while (quoted.find()) {
        String inner =
            quoted.group(1) != null ? quoted.group(1).replaceAll("\\\\(.)", "$1") : quoted.group(2);
        quoted.appendReplacement(text, Matcher.quoteReplacement(inner));
      }
      words.add(quoted.appendTail(text).toString());
    }
    return words;
  }

  /**
   * Starts a pipeline.
   *
   * @param pipeline its words, without a sink
   * @throws AvocetException NOT_SUPPORTED where GStreamer's tool is not there, FAIL
   */
  static GstChild start(List<String> pipeline) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("avocet-gst");
      Path pipe = folder.resolve("frames");
      Process made =
          new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
              .redirectErrorStream(true)
              .start();
      if (made.waitFor() != 0) {
        throw new IOException("mkfifo cannot make a named pipe in " + folder);
      }
      List<String> command = new ArrayList<>(List.of(TOOL, "-v"));
      command.addAll(pipeline);
      command.addAll(List.of("!", "capsfilter", "caps=" + GstCaps.filter(), "!"));
      command.addAll(List.of("filesink", "name=" + SINK, "buffer-mode=unbuffered"));
      command.add("location=" + pipe);
      return new GstChild(command, folder, pipe);
    } catch (IOException e) {
      delete(folder);
      boolean missing = String.valueOf(e.getMessage()).contains("error=2,");
      throw new AvocetException(
          missing ? Status.NOT_SUPPORTED : Status.FAIL,
          missing
              ? "%s cannot be started: install GStreamer's tools (apt-get install gstreamer1.0-tools); %s"
                  .formatted(TOOL, e.getMessage())
              : TOOL + " cannot be started: " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      delete(folder);
      Thread.currentThread().interrupt();
      throw new AvocetException(Status.CANCELLED, TOOL + ": interrupted while starting", e);
    }
  }

  /**
   * The pipe's reading end, which the caller closes; waits until the pipeline is ready to write, or
   * has ended.
   */
  FileChannel open() throws IOException {
    opening = true;
    daemon(this::wakeReader, "avocet-gst end");
    try {
      return FileChannel.open(pipe, StandardOpenOption.READ);
    } finally {
      opening = false;
      // Both ends are open: nothing is left on the disk whatever comes.
      delete(folder);
    }
  }

  /** Who opens a pipe that nobody writes into waits for ever: a child that failed never does. */
  private void wakeReader() {
    try {
      process.waitFor();
      while (opening) {
        // For reading and writing it opens at once.
        new RandomAccessFile(pipe.toFile(), "rw").close();
        TimeUnit.MILLISECONDS.sleep(WAKE_MILLIS);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", pipe, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads what it prints, to its end. */
  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.debug("{}", line);
        heard(line.length() > MOST_LINE ? line.substring(0, MOST_LINE) : line);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", TOOL, e.toString());
    }
    synchronized (this) {
      silent = true;
      notifyAll();
    }
  }

  private synchronized void heard(String line) {
    Matcher found = CAPS.matcher(line);
    if (found.find()) {
      capsChanged |= caps != null && !caps.equals(found.group(1));
      caps = found.group(1);
      notifyAll();
    } else if (line.startsWith("Pipeline is live")) {
      live = true;
    } else {
      details = line.startsWith("Additional debug info") ? DETAILS : details - 1;
      // The first reasons are the cause, what follows is their consequence.
      if ((REASON.matcher(line).find() || details >= 0) && reasons.size() < MOST_REASONS) {
        reasons.add(line.strip());
      }
    }
  }

  /**
   * Waits until the frames are known.
   *
   * @return empty where it has ended before, or is closed
   * @throws AvocetException NOT_SUPPORTED for frames that are none of ours, DEADLINE where nothing
   *     comes in time
   */
  synchronized Optional<GstCaps> caps(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (caps == null && !silent && !closed) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AvocetException(
            Status.DEADLINE,
            "no frame came within %d s from %s".formatted(limit.toSeconds(), command));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return caps == null || closed ? Optional.empty() : Optional.of(GstCaps.parse(caps));
  }

  /** Whether the frames have changed since they were known; then their bounds are lost. */
  synchronized boolean capsChanged() {
    return capsChanged;
  }

  /** Whether its source is a camera or the like, which waits for nobody. */
  synchronized boolean live() {
    return live;
  }

  /** Why it ended; empty where it came to its regular end. Waits for the end of what it prints. */
  Optional<AvocetException> failure() throws InterruptedException {
    synchronized (this) {
      while (!silent && !closed) {
        wait();
      }
    }
    int code = process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    synchronized (this) {
      return code == 0 || closed
          ? Optional.empty()
          : Optional.of(
              new AvocetException(
                  Status.FAIL,
                  "GStreamer ended with %d: %s; the command was %s"
                      .formatted(code, String.join(" ", reasons), command)));
    }
  }

  /**
   * Ends it: asks first, so that it can stop its devices (a CSI camera that is not stopped stays
   * busy), and kills it where it does not listen. Its frames have to be read meanwhile.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (process.isAlive()) {
        interrupt();
      }
      if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (!opening) {
      delete(folder);
    }
  }

  /** Java knows no such signal. */
  private void interrupt() {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      LOG.debug("there is no kill: {}", e.toString());
      process.destroy();
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("frames"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted: {}", folder, e.toString());
    }
  }
}
