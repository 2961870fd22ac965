package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.media.ClipRecorder;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.JpegEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipRecorderTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final double STEP = 40;

  @TempDir Path folder;

  private final JpegEncoder encoder = new JpegEncoder(90, WIDTH);
  private final BlockingQueue<ClipRecorder.Clip> clips = new LinkedBlockingQueue<>();

  /** A folder whose clips are numbered. */
  private class Numbered implements ClipRecorder.Place {
    int begun;

    @Override
    public Path begin(double fromMillis) {
      return folder.resolve("clip-" + begun++ + ".mp4");
    }

    @Override
    public boolean mayGrow(Path file) {
      return true;
    }

    @Override
    public void written(ClipRecorder.Clip clip) {
      clips.add(clip);
    }
  }

  @AfterEach
  void closeEncoder() {
    encoder.close();
  }

  /** A grey picture, lighter with its number. */
  private byte[] picture(int number) {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    Arrays.fill(pixels, (byte) grey(number));
    try (Image image = Image.copyOf(pixels, PixelFormat.GRAY8, WIDTH, HEIGHT)) {
      return encoder.encode(image);
    }
  }

  private static int grey(int number) {
    return 20 + number * 2 % 200;
  }

  private void add(ClipRecorder recorder, int from, int to) {
    for (int i = from; i < to; i++) {
      recorder.add(1_000_000 + i * STEP, picture(i));
    }
  }

  private ClipRecorder.Clip next() throws InterruptedException {
    ClipRecorder.Clip clip = clips.poll(20, TimeUnit.SECONDS);
    assertThat(clip).as("a clip within 20 s").isNotNull();
    return clip;
  }

  /** The place has a clip before the recorder counts it. */
  private static void awaitWritten(ClipRecorder recorder, long clips) throws InterruptedException {
    for (int i = 0; i < 2000 && recorder.state().written() < clips; i++) {
      Thread.sleep(10);
    }
    assertThat(recorder.state().written()).isEqualTo(clips);
  }

  /** The times of a video's frames, and how light they are. */
  private static List<double[]> read(Path file) {
    List<double[]> found = new ArrayList<>();
    try (FrameSource frames = Frames.open(file.toString())) {
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        try (Frame frame = next.get()) {
          ByteBuffer luma = frame.image().plane(0);
          int middle = HEIGHT / 2 * frame.image().planes().get(0).stride() + WIDTH / 2;
          found.add(new double[] {frame.timeMillis().orElseThrow(), luma.get(middle) & 0xff});
        }
      }
    }
    return found;
  }

  @Test
  void shouldWriteWhatWasBeforeAndAfterTheTrigger() throws InterruptedException {
    ClipRecorder.Params params = new ClipRecorder.Params(0.4, 0.8, 60, 1 << 20);
    try (ClipRecorder recorder = new ClipRecorder("door", params, new Numbered())) {
      add(recorder, 0, 50);
      recorder.trigger();
      assertThat(recorder.state().recording()).isTrue();
      add(recorder, 50, 100);

      ClipRecorder.Clip clip = next();
      assertThat(clip.file()).isEqualTo(folder.resolve("clip-0.mp4"));
      assertThat(clip.fromMillis()).isEqualTo(1_000_000 + 39 * STEP);
      assertThat(clip.toMillis()).isEqualTo(1_000_000 + 69 * STEP);
      assertThat(clip.frames()).isEqualTo(31);
      assertThat(clip.dropped()).isZero();
      awaitWritten(recorder, 1);
      assertThat(recorder.state()).isEqualTo(new ClipRecorder.State(false, 1, 0, 0, ""));

      List<double[]> frames = read(clip.file());
      assertThat(frames).hasSize(31);
      for (int i = 0; i < frames.size(); i++) {
        assertThat(frames.get(i)[0]).isCloseTo(i * STEP, offset(1.0));
        // BT.601 in limited range.
        double luma = 16 + grey(39 + i) * 219 / 255.0;
        assertThat(frames.get(i)[1]).as("frame " + i).isCloseTo(luma, offset(4.0));
      }
    }
  }

  @Test
  void shouldKeepPausesOfTheSourceInItsTimes() throws InterruptedException {
    ClipRecorder.Params params = new ClipRecorder.Params(5, 5, 60, 1 << 20);
    ClipRecorder recorder = new ClipRecorder("door", params, new Numbered());
    double[] times = {0, 33.3, 70, 900, 1700.5};
    for (int i = 0; i < times.length; i++) {
      recorder.add(times[i], picture(i));
    }
    recorder.trigger();
    recorder.close();

    List<double[]> frames = read(next().file());
    assertThat(frames).hasSize(times.length);
    for (int i = 0; i < times.length; i++) {
      assertThat(frames.get(i)[0]).isCloseTo(times[i], offset(1.0));
    }
  }

  @Test
  void shouldNotWaitForASlowPlaceAndCountWhatItLacks() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    ClipRecorder.Place place =
        new Numbered() {
          @Override
          public Path begin(double fromMillis) {
            try {
              slow.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.begin(fromMillis);
          }
        };
    long size = picture(0).length;
    ClipRecorder.Params params = new ClipRecorder.Params(1, 10, 60, 30 * size);
    ClipRecorder recorder = new ClipRecorder("door", params, place);
    add(recorder, 0, 10);
    recorder.trigger();
    long start = System.nanoTime();
    byte[] jpeg = picture(11);
    for (int i = 11; i < 120; i++) {
      recorder.add(1_000_000 + i * STEP, jpeg);
    }
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(2);
    long dropped = recorder.state().dropped();
    assertThat(dropped).isBetween(80L, 100L);

    slow.countDown();
    recorder.close();
    ClipRecorder.Clip clip = next();
    assertThat(clip.dropped()).isEqualTo(dropped);
    assertThat(clip.frames()).isEqualTo(119 - dropped);
    assertThat(read(clip.file())).hasSize((int) clip.frames());
  }

  @Test
  void shouldSayWhyAndTryAgainWhenTheFolderCannotBeWritten()
      throws InterruptedException, IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    Numbered place =
        new Numbered() {
          @Override
          public Path begin(double fromMillis) {
            Path file = super.begin(fromMillis);
            return begun == 1 ? blocked.resolve("clip.mp4") : file;
          }
        };
    ClipRecorder.Params params = new ClipRecorder.Params(0, 0.2, 60, 1 << 20);
    try (ClipRecorder recorder = new ClipRecorder("door", params, place)) {
      add(recorder, 0, 2);
      recorder.trigger();
      add(recorder, 2, 20);
      for (int i = 0; i < 100 && recorder.state().failed() == 0; i++) {
        Thread.sleep(50);
      }
      assertThat(recorder.state().failed()).isEqualTo(1);
      assertThat(recorder.state().trouble())
          .isEqualTo("the folder " + blocked + " cannot be created: name another");

      recorder.trigger();
      add(recorder, 20, 40);
      assertThat(read(next().file())).hasSize(6);
      awaitWritten(recorder, 1);
      assertThat(recorder.state().trouble()).isEmpty();
    }
  }

  @Test
  void shouldEndWhereItIsWhenThereIsNoRoomToGrow() throws InterruptedException {
    Numbered place =
        new Numbered() {
          @Override
          public boolean mayGrow(Path file) {
            return false;
          }
        };
    ClipRecorder.Params params = new ClipRecorder.Params(0, 100, 200, 1 << 20);
    ClipRecorder recorder = new ClipRecorder("door", params, place);
    add(recorder, 0, 1);
    recorder.trigger();
    add(recorder, 1, 5);
    // It is asked about once a second.
    Thread.sleep(1500);
    add(recorder, 5, 10);

    ClipRecorder.Clip clip = next();
    assertThat(clip.frames()).isEqualTo(5);
    assertThat(read(clip.file())).hasSize(5);
    recorder.close();
    assertThat(recorder.state().dropped()).isEqualTo(5);
    assertThat(clips).isEmpty();
  }

  @Test
  void shouldLeaveNothingBehindWhenThePlaceFails() throws InterruptedException, IOException {
    Numbered place =
        new Numbered() {
          @Override
          public boolean mayGrow(Path file) {
            throw new IllegalStateException("a fault");
          }
        };
    ClipRecorder.Params params = new ClipRecorder.Params(0, 100, 200, 1 << 20);
    ClipRecorder recorder = new ClipRecorder("door", params, place);
    add(recorder, 0, 1);
    recorder.trigger();
    Thread.sleep(1500);
    add(recorder, 1, 5);
    recorder.close();

    assertThat(recorder.state().trouble())
        .isEqualTo("unexpected failure: java.lang.IllegalStateException: a fault");
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatIsNoPictureAndForgetWhatComesLate() {
    ClipRecorder recorder = new ClipRecorder("door", ClipRecorder.Params.DEFAULT, new Numbered());
    refused(recorder, 0, new byte[0], "timeMillis=0.0 jpeg=0 bytes: expected a time and a JPEG");
    refused(recorder, Double.NaN, new byte[1], "timeMillis=NaN jpeg=1 bytes: expected a time");
    recorder.close();
    recorder.close();
    recorder.add(1, new byte[1]);
    recorder.trigger();
    assertThat(recorder.state()).isEqualTo(new ClipRecorder.State(false, 0, 0, 0, ""));
  }

  private static void refused(ClipRecorder recorder, double time, byte[] jpeg, String why) {
    assertThatThrownBy(() -> recorder.add(time, jpeg))
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith(why)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.INVALID_ARG);
  }
}
