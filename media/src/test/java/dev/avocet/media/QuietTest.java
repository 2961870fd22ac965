package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That native code writes nothing to a process' output; seen from outside of the process. */
class QuietTest {
  @TempDir Path folder;

  @Test
  void shouldPrintNothingWhenFilesAreDamaged() throws IOException, InterruptedException {
    for (String ending : List.of(".jpg", ".png", ".bmp", ".webp", ".tif", ".ppm")) {
      byte[] whole = Pictures.encoded(ending, 61, 47);
      byte[] changed = whole.clone();
      changed[changed.length / 2] = (byte) 0xff;
      changed[changed.length / 2 + 1] = 7;
      Files.write(folder.resolve("whole" + ending), whole);
      Files.write(folder.resolve("half" + ending), Arrays.copyOf(whole, whole.length / 2));
      Files.write(folder.resolve("most" + ending), Arrays.copyOf(whole, whole.length - 13));
      Files.write(folder.resolve("header" + ending), Arrays.copyOf(whole, 33));
      Files.write(folder.resolve("changed" + ending), changed);
    }
    // So small that JavaCPP's own limit on the process, were it set, would be passed.
    OtherJvm.Result read =
        OtherJvm.run(
            folder.resolve("output"), List.of("-Xmx20m"), ReadAll.class, folder.toString());

    assertThat(read.output()).isEmpty();
    // Changed pixels of BMP, TIFF and PNM are only other pixels, and WebP has its own view.
    assertThat(read.exitCode()).isBetween(3 * 6 + 2, 3 * 6 + 4);
  }

  /** Reads a folder; the exit code is the number of files that are no pictures. */
  static final class ReadAll {
    private ReadAll() {}

    public static void main(String[] args) {
      int failed = 0;
      try (FrameSource source = Frames.open(args)) {
        for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
          try (Frame frame = next.get()) {
            failed += frame.error().map(AvocetException::status).isPresent() ? 1 : 0;
          }
        }
      }
      System.exit(failed);
    }
  }
}
