package dev.avocet.core.model;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipFilesTest {
  @TempDir Path folder;

  private static byte[] zip(Map<String, byte[]> files) {
    return TestModels.zip(files);
  }

  private static Map<String, byte[]> inFolder(String prefix) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TestModels.files().forEach((name, bytes) -> files.put(prefix + name, bytes));
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model/", "./", "a/b/c/", "win\\dows\\", "a..b/..c/"})
  void shouldFindFilesByTheirBaseNames(String prefix) {
    Map<String, byte[]> files = inFolder(prefix);
    files.put("empty/", new byte[0]);
    try (Model model = Model.of(zip(files))) {
      assertThat(model.files().read("end2end.onnx")).containsExactly(1, 2, 3);
      assertThat(model.files().has("empty")).isFalse();
      assertThat(model.files().has("")).isFalse();
    }
  }

  @Test
  void shouldLetALaterEntryOfTheSameNameWin() {
    Map<String, byte[]> files = TestModels.files();
    files.put("later/end2end.onnx", new byte[] {9});
    try (Model model = Model.of(zip(files))) {
      assertThat(model.files().read("end2end.onnx")).containsExactly(9);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../deploy.json", "a/../../x", "/etc/x", "\\x", "..\\x", "a\\..\\x", "..", "a/.."})
  void shouldRefuseNamesThatLeaveTheZipFile(String name) {
    Map<String, byte[]> files = TestModels.files();
    files.put(name, new byte[1]);
    assertFails(Status.INVALID_ARG, () -> Model.of(zip(files)))
        .isEqualTo("model in memory: entry \"" + name + "\" leaves the zip file");
  }

  @Test
  void shouldRefuseWhatIsNoZipFile() {
    for (byte[] bytes : new byte[][] {{}, {'P'}, {'P', 'K', 3}, new byte[1000]}) {
      assertFails(Status.INVALID_ARG, () -> Model.of(bytes))
          .isEqualTo("model in memory: neither a model folder nor a zip file with a model");
    }
    assertFails(Status.INVALID_ARG, () -> Model.of(zip(Map.of()))).contains("neither");
  }

  @Test
  void shouldRefuseATruncatedZipFileWhereverItEnds() throws IOException {
    byte[] whole = zip(TestModels.files());
    Path file = folder.resolve("cut.zip");
    int directory = indexOfDirectory(whole);
    for (int length = 0; length < directory; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Model model = Model.open(file)) {
        // All of the meta info was there; only the network's file is cut off.
        assertThat(model.files().has("end2end.onnx")).isFalse();
      } catch (AvocetException e) {
        assertThat(e.status()).isIn(Status.INVALID_ARG, Status.FILE_NOT_FOUND);
        assertThat(e.getMessage()).contains(file.toString());
      }
    }
    assertFails(Status.INVALID_ARG, () -> Model.of(Arrays.copyOf(whole, 200)))
        .contains("model in memory")
        .contains("the zip file ends too early");
  }

  private static int indexOfDirectory(byte[] zip) {
    for (int i = 0; i < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        return i;
      }
    }
    throw new AssertionError("no directory");
  }

  @Test
  void shouldRefuseDamagedData() {
    byte[] zip = zip(TestModels.files());
    // Within the compressed bytes of the first entry.
    Arrays.fill(zip, 60, 90, (byte) 0xff);
    assertFails(Status.INVALID_ARG, () -> Model.of(zip)).contains("damaged");
  }

  @Test
  void shouldRefuseNamesThatAreNotUtf8() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("xxxx", new byte[1]);
    byte[] zip = zip(files);
    zip[30] = (byte) 0xff;
    zip[31] = (byte) 0xfe;
    assertFails(Status.INVALID_ARG, () -> Model.of(zip)).contains("damaged zip file");
  }

  @Test
  void shouldRefuseABombOfOneEntry() throws IOException {
    byte[] bomb = bomb(1, 64 << 20);
    assertThat(bomb.length).isLessThan((64 << 20) / 900);
    Path file = Files.write(folder.resolve("bomb.zip"), bomb);
    assertAllocatesLessThan(
        16 << 20,
        () ->
            assertFails(Status.OUT_OF_RANGE, () -> Model.open(file))
                .isEqualTo(
                    file
                        + ": the zip file unpacks to more than 200 times its size (entry"
                        + " \"zeros0\")"));
  }

  @Test
  void shouldRefuseABombOfManySmallEntries() throws IOException {
    byte[] bomb = bomb(64, 1 << 20);
    assertFails(Status.OUT_OF_RANGE, () -> Model.of(bomb)).contains("more than 200 times its size");
  }

  @Test
  void shouldTakeWhatPacksWellButNotAbsurdly() throws IOException {
    byte[] noise = new byte[40_000];
    new Random(1).nextBytes(noise);
    byte[] padded = Arrays.copyOf(noise, 6_000_000);
    Map<String, byte[]> files = TestModels.files();
    files.put("weights.bin", padded);
    byte[] zip = zip(files);
    assertThat(padded.length / zip.length).isBetween(100, 199);
    try (Model model = Model.of(zip)) {
      assertThat(model.files().read("weights.bin")).isEqualTo(padded);
    }
  }

  private static byte[] bomb(int entries, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries; i++) {
        zip.putNextEntry(new ZipEntry("zeros" + i));
        for (int done = 0; done < size; done += zeros.length) {
          zip.write(zeros);
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldRefuseAClaimOfMoreThanTwoGigabytesWithoutUsingThem() {
    byte[] claim = claim(0xFFFF_FFF0L);
    assertAllocatesLessThan(
        4 << 20,
        () ->
            assertFails(Status.OUT_OF_RANGE, () -> Model.of(claim))
                .isEqualTo(
                    "model in memory: a zipped model unpacks to at most 2 GB; use a folder"));
    // Just below the limit the claim is not believed, and nothing is set aside for it.
    byte[] below = claim(Integer.MAX_VALUE - 100L);
    assertAllocatesLessThan(
        4 << 20,
        () -> assertFails(Status.INVALID_ARG, () -> Model.of(below)).contains("model in memory"));
  }

  /** A zip file's first header and a few bytes of data. */
  private static byte[] claim(long size) {
    byte[] name = "end2end.onnx".getBytes(StandardCharsets.UTF_8);
    ByteBuffer zip = ByteBuffer.allocate(30 + name.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    zip.putInt(0x04034b50).putShort((short) 20).putShort((short) 0).putShort((short) 8);
    zip.putInt(0).putInt(0).putInt(16).putInt((int) size);
    zip.putShort((short) name.length).putShort((short) 0).put(name);
    return zip.array();
  }

  private static void assertAllocatesLessThan(long bytes, ThrowingCallable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    try {
      call.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
        .isLessThan(bytes);
  }

  @Test
  void shouldSayThatItIsClosed() {
    Model model = Model.of(zip(TestModels.files()));
    model.close();
    model.close();
    assertFails(Status.CLOSED, () -> model.files().read("end2end.onnx"))
        .isEqualTo("the model model in memory is closed");
    assertFails(Status.CLOSED, () -> model.files().has("end2end.onnx")).contains("is closed");
  }
}
