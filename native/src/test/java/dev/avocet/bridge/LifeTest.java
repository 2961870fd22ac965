package dev.avocet.bridge;

import static dev.avocet.core.Status.FILE_NOT_FOUND;
import static dev.avocet.core.Status.INVALID_ARG;
import static dev.avocet.core.Status.NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Detection;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handles and results from their making to their end, and after it. */
class LifeTest {
  private final long bytes = Memory.liveBytes();
  private final List<Long> counts = live();
  private final CStructs c = new CStructs();

  @AfterEach
  void leaveNothing() {
    c.close();
    assertThat(live()).isEqualTo(counts);
    assertThat(Memory.liveBytes()).isEqualTo(bytes);
  }

  private List<Long> live() {
    try (CStructs own = new CStructs()) {
      long place = own.int64s(-1, -1);
      own.check(Bridge.ask(Questions.LIVE, 0, place, 0, own.error()));
      return List.of(CMemory.int64(place), CMemory.int64(place + Long.BYTES));
    }
  }

  @Test
  void shouldKnowResultsThatAreForeignOrReleased() {
    long handle = Parcels.detector(c);
    try (Image picture = Parcels.picture()) {
      long result = c.apply(Types.DETECTOR, handle, c.input(c.images(picture), 1, 0));
      assertThat(live().get(1)).isEqualTo(counts.get(1) + 1);
      Called.release(c, INVALID_ARG, Types.CLASSIFIER, result)
          .isEqualTo(
              "the result 0x%x is of a detector: it cannot be released as that of a classifier"
                  .formatted(result));
      Called.release(c, INVALID_ARG, Types.DETECTOR, result + 8).contains("is no result");
      Called.release(c, INVALID_ARG, Types.DETECTOR, 1).contains("is no result");
      c.destroy(Types.DETECTOR, handle);
      assertThat(CResults.detections(result)).isNotEmpty();
      c.release(Types.DETECTOR, result);
      Called.release(c, INVALID_ARG, Types.DETECTOR, result)
          .isEqualTo(
              "0x%x is no result of a detector that is held: it is released already or never came"
                      .formatted(result)
                  + " from here");
      c.release(Types.DETECTOR, 0);
    }
  }

  @Test
  void shouldKnowHandlesThatAreForeignOrDestroyed() {
    long handle = Parcels.detector(c);
    try (Image picture = Parcels.picture()) {
      long input = c.input(c.images(picture), 1, 0);
      Called.apply(c, INVALID_ARG, Types.CLASSIFIER, handle, input)
          .endsWith("is a detector, a classifier was expected");
      Called.destroy(c, INVALID_ARG, Types.CLASSIFIER, handle).contains("is a detector");
      Called.apply(c, INVALID_ARG, 99, handle, input).isEqualTo("type=99 is no type of handle");
      Called.apply(c, INVALID_ARG, Types.DETECTOR, 0, input).startsWith("the handle is NULL");
      c.destroy(Types.DETECTOR, handle);
      Called.apply(c, INVALID_ARG, Types.DETECTOR, handle, input).contains("destroyed already");
    }
    Called.destroy(c, INVALID_ARG, Types.DETECTOR, handle).contains("destroyed already");
    Called.ask(c, INVALID_ARG, Questions.WARMUP, handle, 0).contains("destroyed already");
    Called.create(c, INVALID_ARG, Types.DETECTOR, c.parentSource(handle), 0)
        .contains("is a detector, a model was expected");
    Called.create(c, FILE_NOT_FOUND, Types.DETECTOR, c.pathSource("no/such/model"), 0)
        .contains("no/such/model");
    Called.create(c, INVALID_ARG, Types.STRING, c.pathSource(Parcels.MODEL), 0)
        .isEqualTo("type=14 is no type of handle");
    Called.create(c, INVALID_ARG, Types.CLASSIFIER, c.pathSource(""), 0).contains("path is empty");
    Called.create(c, NOT_SUPPORTED, Types.CLASSIFIER, c.pathSource(Parcels.MODEL), 0);
  }

  @Test
  void shouldLeaveNothingAfterRounds() {
    try (Image picture = Parcels.picture()) {
      long input = c.input(c.images(picture), 1, 0);
      for (int i = 0; i < 10; i++) {
        long model = c.create(Types.MODEL, c.pathSource(Parcels.MODEL), 0);
        long handle = c.create(Types.DETECTOR, c.parentSource(model), 0);
        c.release(Types.DETECTOR, c.apply(Types.DETECTOR, handle, input));
        c.destroy(Types.DETECTOR, handle);
        c.destroy(Types.MODEL, model);
        assertThat(live()).isEqualTo(counts);
      }
    }
  }

  @Test
  void shouldMakeHandlesOfAModelInMemory() throws IOException {
    byte[] zip = zip(Parcels.MODEL);
    long source = c.zeros(Layouts.Source.BYTES);
    Called.create(c, INVALID_ARG, Types.MODEL, source, 0).startsWith("data=NULL");
    CStructs.int64(source + Layouts.Source.DATA, c.bytes(zip));
    CStructs.int64(source + Layouts.Source.BYTES_FIELD, -1);
    Called.create(c, INVALID_ARG, Types.MODEL, source, 0).startsWith("bytes=-1");
    CStructs.int64(source + Layouts.Source.BYTES_FIELD, 100);
    Called.create(c, INVALID_ARG, Types.MODEL, source, 0).startsWith("model in memory");
    CStructs.int64(source + Layouts.Source.BYTES_FIELD, zip.length);
    Called.create(c, INVALID_ARG, Types.MODEL, source, c.options()).startsWith("options");
    long model = c.create(Types.MODEL, source, 0);
    long handle = c.create(Types.DETECTOR, c.parentSource(model), 0);
    Called.ask(c, INVALID_ARG, Questions.STATS, model, 0).startsWith("the handle is a model");
    c.destroy(Types.MODEL, model);
    try (Image picture = Parcels.picture()) {
      long result = c.apply(Types.DETECTOR, handle, c.input(c.images(picture), 1, 0));
      assertThat(CResults.detections(result)).isNotEmpty();
      c.release(Types.DETECTOR, result);
    }
    c.destroy(Types.DETECTOR, handle);
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldEndCallsInFlightBeforeAHandle() throws Exception {
    try (Image picture = Parcels.picture()) {
      long images = c.images(picture);
      ExecutorService pool = Executors.newFixedThreadPool(3);
      try {
        for (int round = 0; round < 3; round++) {
          long handle = Parcels.detector(c);
          CountDownLatch started = new CountDownLatch(3);
          List<Future<Set<Integer>>> ends = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            ends.add(pool.submit(untilClosed(handle, images, started)));
          }
          started.await();
          c.destroy(Types.DETECTOR, handle);
          for (Future<Set<Integer>> end : ends) {
            assertThat(end.get()).isSubsetOf(Status.CLOSED.code(), INVALID_ARG.code()).hasSize(1);
          }
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  private static Callable<Set<Integer>> untilClosed(
      long handle, long images, CountDownLatch started) {
    return () -> {
      try (CStructs own = new CStructs()) {
        long input = own.input(images, 1, 0);
        long place = own.zeros(Layouts.POINTER);
        boolean first = true;
        while (true) {
          int status = Bridge.apply(Types.DETECTOR, handle, input, place, own.error());
          if (first) {
            started.countDown();
            first = false;
          }
          if (status != 0) {
            return Set.of(status);
          }
          List<Detection> found = CResults.detections(CMemory.int64(place));
          own.release(Types.DETECTOR, CMemory.int64(place));
          assertThat(found).isNotEmpty();
        }
      }
    };
  }

  @Test
  void shouldAnswerQuestions() {
    long version = c.ask(Questions.VERSION, 0, 0);
    assertThat(CMemory.text("version", version)).isEqualTo(Questions.RELEASE);
    c.release(Types.STRING, version);
    long devices = c.ask(Questions.DEVICES, 0, 0);
    List<String> names =
        CResults.items(
            devices, Layouts.Device.BYTES, d -> CStructs.textAt(d + Layouts.Device.NAME));
    assertThat(names).contains("onnxruntime:cpu");
    c.release(Types.DEVICES, devices);
    long handle = Parcels.detector(c);
    c.check(Bridge.ask(Questions.WARMUP, handle, 0, 0, c.error()));
    long stats = c.ask(Questions.STATS, handle, 0);
    assertThat(CMemory.text("stats", stats))
        .startsWith("{\"stages\":[{\"name\":\"preprocess\",\"count\":1,\"p50_ms\":");
    c.release(Types.STRING, stats);
    c.destroy(Types.DETECTOR, handle);
    Called.ask(c, INVALID_ARG, 10, 0, 0).isEqualTo("question=10 is none");
  }

  @Test
  void shouldReadDecodeAndWritePictures() throws IOException {
    Path copy = Files.createTempDirectory("bridge").resolve("copy.png");
    try (Image picture = Parcels.picture()) {
      long read = c.ask(Questions.READ_IMAGE, c.text(Parcels.path().toString()), 0);
      assertSame(picture, CResults.image(read));
      Called.ask(c, INVALID_ARG, Questions.WRITE_IMAGE, read, c.text(copy + ".odd"));
      c.check(Bridge.ask(Questions.WRITE_IMAGE, read, c.text(copy.toString()), 0, c.error()));
      c.release(Types.IMAGE, read);
      byte[] file = Files.readAllBytes(copy);
      long data = c.bytes(file);
      long decoded = c.ask(Questions.DECODE_IMAGE, data, c.int64s(file.length));
      assertSame(picture, CResults.image(decoded));
      c.release(Types.IMAGE, decoded);
      Called.ask(c, INVALID_ARG, Questions.DECODE_IMAGE, data, c.int64s(0)).startsWith("bytes=0");
      Called.ask(c, INVALID_ARG, Questions.DECODE_IMAGE, data, c.int64s(30));
      Called.ask(c, INVALID_ARG, Questions.DECODE_IMAGE, 0, c.int64s(30)).startsWith("data=NULL");
      Called.ask(c, FILE_NOT_FOUND, Questions.READ_IMAGE, c.text("none.png"), 0);
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(copy.getParent());
    }
  }

  private static void assertSame(Image wanted, Image found) {
    assertThat(ExpectedLines.of(found)).isEqualTo(ExpectedLines.of(wanted));
  }

  @Test
  void shouldFindItsPartsInAThreadThatDoesNotSeeThem() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      for (ClassLoader other : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
        thread.setContextClassLoader(other);
        c.destroy(Types.DETECTOR, Parcels.detector(c));
        Called.create(c, FILE_NOT_FOUND, Types.DETECTOR, c.pathSource("no/such/model"), 0);
        assertThat(thread.getContextClassLoader()).isSameAs(other);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void shouldKnowItsRelease() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).contains("<version>" + Questions.RELEASE + "-SNAPSHOT</version>");
  }
}
