package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.internal.OutputFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A video file. It grows as {@code NAME.part} beside its place and takes its name in {@link
 * #finish}, once it is whole and on the disk; where no frame came there is no file. After a failure
 * nothing of it is left.
 */
final class VideoSink implements FrameSink {
  private final Path file;
  private final Path part;
  private final FileClock clock;
  private final VideoWriter writer;
  private String input = "";
  private boolean closed;

  VideoSink(Path file, String container, double frameRate) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    clock = new FileClock(frameRate);
    writer = new VideoWriter(file, part, container, frameRate);
  }

  @Override
  public Path write(Frame frame, Image picture) {
    checkOpen();
    if (!frame.input().equals(input)) {
      OutputFiles.refuseInput(file, frame.input());
      input = frame.input();
    }
    boolean written = false;
    try {
      writer.write(picture, clock.next(frame), clock.duration());
      written = true;
    } finally {
      if (!written) {
        close();
      }
    }
    return file;
  }

  @Override
  public void finish() {
    checkOpen();
    try {
      if (writer.finish()) {
        // Else a power cut could leave the name without the content.
        try (RandomAccessFile whole = new RandomAccessFile(part.toFile(), "rw")) {
          whole.getFD().sync();
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new AvocetException(
          Status.FAIL, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    } finally {
      close();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new AvocetException(Status.CLOSED, file + ": is finished, closed or failed before");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    writer.close();
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new AvocetException(
          Status.FAIL, "%s: cannot be removed: %s".formatted(part, e.getMessage()), e);
    }
  }
}
