package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpyFileTest {
  private static Path shared;

  @TempDir Path folder;

  @BeforeContainer
  static void make() throws IOException {
    shared = Files.createTempDirectory("avocet-npy");
  }

  @AfterContainer
  static void remove() throws IOException {
    try (Stream<Path> files = Files.list(shared)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(shared);
  }

  /** The bytes as numpy 2.1 writes them, but for the padding of the head. */
  static byte[] npy(int major, String head, byte[] elements) {
    byte[] text = head.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + (major == 1 ? 2 : 4) + text.length + elements.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    if (major == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    return file.put(text).put(elements).array();
  }

  static byte[] floats(String shape, float... values) {
    ByteBuffer elements = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    elements.asFloatBuffer().put(values);
    return npy(
        1,
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }          \n",
        elements.array());
  }

  @Test
  void shouldReadWhatNumpyWrites() throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), floats("1, 2, 3", 1, 2, 3, 4, 5, 6.5f));

    NpyFile npy = NpyFile.of(file);

    assertThat(npy.type()).isEqualTo(DataType.FLOAT32);
    assertThat(npy.shape()).isEqualTo(Shape.of(1, 2, 3));
    try (Tensor tensor = npy.read(file)) {
      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 2, 3));
      assertThat(tensor.bytes().order(ByteOrder.LITTLE_ENDIAN).getFloat(20)).isEqualTo(6.5f);
    }
  }

  @Test
  void shouldReadOtherTypesVersionsAndRanks() throws IOException {
    Path file = folder.resolve("a.npy");
    Files.write(
        file, npy(2, "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n", new byte[16]));
    assertThat(NpyFile.of(file))
        .extracting(NpyFile::type, NpyFile::shape)
        .containsExactly(DataType.INT64, Shape.of(2));
    Files.write(
        file, npy(3, "{'descr': '<i4', 'fortran_order': False, 'shape': (), }\n", new byte[4]));
    assertThat(NpyFile.of(file))
        .extracting(NpyFile::type, NpyFile::shape)
        .containsExactly(DataType.INT32, Shape.of());
    Files.write(
        file, npy(1, "{'descr': '|b1', 'fortran_order': False, 'shape': (3, 0), }\n", new byte[0]));
    assertThat(NpyFile.of(file))
        .extracting(NpyFile::type, NpyFile::shape)
        .containsExactly(DataType.BOOL, Shape.of(3, 0));
  }

  @Test
  void shouldSayWhatIsWrongWhenItIsAnythingElse() throws IOException {
    String head = "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n";
    assertThat(refusal(npy(1, head.formatted("<f8", "False", "1,"), new byte[8])))
        .contains(
            "elements '<f8'; expected one of [<f4, <i4, <i8, |b1] in C order; write it with numpy.save");
    assertThat(refusal(npy(1, head.formatted(">f4", "False", "1,"), new byte[4])))
        .contains("'>f4'");
    assertThat(refusal(npy(1, head.formatted("<f4", "True", "1,"), new byte[4])))
        .contains("in Fortran's order");
    assertThat(refusal(npy(1, head.formatted("<f4", "False", "2,"), new byte[4])))
        .contains("FLOAT32[2] takes");
    assertThat(refusal(npy(1, head.formatted("<f4", "False", "1,"), new byte[5])))
        .contains("FLOAT32[1] takes");
    assertThat(refusal(npy(1, head.formatted("<f4", "False", "9999999999,9"), new byte[4])))
        .contains("more than 2 GiB");
    assertThat(refusal(npy(1, head.formatted("<f4", "False", "1 1"), new byte[4])))
        .contains("write it with numpy.save");
    assertThat(refusal(npy(1, "nothing", new byte[4]))).contains("its head is \"nothing\"");
    assertThat(refusal(npy(4, "", new byte[0]))).contains("format 4.0 is not known");
    assertThat(refusal("PNG, not NumPy".getBytes(StandardCharsets.UTF_8)))
        .contains("not of NumPy's format");
    assertThat(refusal(new byte[0])).contains("not of NumPy's format");
    assertThat(refusal(Arrays.copyOf(floats("1,", 1), 7))).contains("ends in its head");
    byte[] huge = npy(2, "x", new byte[0]);
    huge[11] = (byte) 0xff;
    assertThat(refusal(huge)).contains("a head of ");
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("b.npy"), bytes);
    AvocetException e = assertThrows(AvocetException.class, () -> NpyFile.of(file));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    return e.getMessage();
  }

  /** Whatever lies in the file: an answer or an AvocetException. */
  @Property(tries = 300)
  void shouldAnswerOrRefuseWhenAnyByteIsAnother(
      @ForAll @IntRange(max = 99) int at, @ForAll byte value, @ForAll @Size(max = 20) byte[] noise)
      throws IOException {
    byte[] bytes = floats("1, 2", 1, 2);
    bytes[at % bytes.length] = value;
    Path file = Files.write(shared.resolve("a.npy"), bytes);
    answers(file);
    answers(Files.write(file, noise));
  }

  private static void answers(Path file) {
    try {
      NpyFile npy = NpyFile.of(file);
      npy.read(file).close();
      assertThat(npy.bytes()).isLessThan(100);
    } catch (AvocetException e) {
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    }
  }
}
