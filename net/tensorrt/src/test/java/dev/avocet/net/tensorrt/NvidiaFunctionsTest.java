package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

/** What the module's classes call must be what is looked for before. */
class NvidiaFunctionsTest {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int WIDE_A = 5;
  private static final int WIDE_B = 6;

  /** What the header of CUDA 12 and later makes of a name, beside adding a number. */
  private static final Map<String, String> RENAMED =
      Map.of("cuGraphInstantiate", "cuGraphInstantiateWithFlags");

  @Test
  void shouldLookForAllFunctionsOfTheDriverThatAreCalled() throws Exception {
    Set<String> called = called("org/bytedeco/cuda/global/cudart");
    assertThat(called).contains("cuInit", "cuMemAlloc").allMatch(name -> name.matches("cu[A-Z].*"));
    // Called by tests and the bench only.
    called.remove("cuEventElapsedTime");
    assertThat(NvidiaFunctions.DRIVER)
        .containsExactlyInAnyOrderElementsOf(symbols(called, "cuda", "jnicudart"));
  }

  @Test
  void shouldLookForAllFunctionsOfTheCompilerThatAreCalled() throws Exception {
    assertThat(NvidiaFunctions.NVRTC)
        .containsAll(symbols(called("org/bytedeco/cuda/global/nvrtc"), "cuda", "jninvrtc"));
  }

  @Test
  void shouldLookForAllFunctionsOfTensorRtThatAreCalled() throws Exception {
    assertThat(NvidiaFunctions.TENSORRT)
        .containsExactlyInAnyOrderElementsOf(called("org/bytedeco/tensorrt/global/nvinfer"));
    assertThat(NvidiaFunctions.PARSER)
        .containsExactlyInAnyOrderElementsOf(called("org/bytedeco/tensorrt/global/nvonnxparser"));
    assertThat(NvidiaFunctions.PLUGINS)
        .containsExactlyInAnyOrderElementsOf(called("org/bytedeco/tensorrt/global/nvinfer_plugin"));
  }

  /** The functions of C that the binding's library calls for those of Java. */
  private static Set<String> symbols(Set<String> called, String module, String library)
      throws IOException {
    String path = "/org/bytedeco/%s/%s/lib%s.so".formatted(module, Loader.getPlatform(), library);
    try (InputStream in = NvidiaFunctionsTest.class.getResourceAsStream(path)) {
      Set<String> texts =
          new HashSet<>(
              List.of(
                  new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\\x00", -1)));
      return new TreeSet<>(
          called.stream()
              .map(
                  name ->
                      RENAMED.containsKey(name)
                          ? RENAMED.get(name)
                          : Stream.of("_v3", "_v2")
                              .map(ending -> name + ending)
                              .filter(texts::contains)
                              .findFirst()
                              .orElse(name))
              .toList());
    }
  }

  /**
   * Methods of a class that this module's classes name, by their constants (JVM specification,
   * 4.4).
   */
  private static Set<String> called(String owner) throws Exception {
    Path classes =
        Path.of(TrtProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .forEach(file -> collect(file, owner, names));
    }
    return names;
  }

  private static void collect(Path file, String owner, Set<String> names) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.readLong();
      int count = in.readUnsignedShort();
      Object[] constants = new Object[count];
      int[] tags = new int[count];
      for (int i = 1; i < count; i++) {
        tags[i] = in.readUnsignedByte();
        constants[i] =
            switch (tags[i]) {
              case UTF8 -> in.readUTF();
              case CLASS, 8, 16, 19, 20 -> List.of(in.readUnsignedShort());
              case 15 -> List.of(in.readUnsignedByte(), in.readUnsignedShort());
              case WIDE_A, WIDE_B -> in.readLong();
              case 3, 4 -> in.readInt();
              default -> List.of(in.readUnsignedShort(), in.readUnsignedShort());
            };
        if (tags[i] == WIDE_A || tags[i] == WIDE_B) {
          i++;
        }
      }
      for (int i = 1; i < count; i++) {
        if (tags[i] == METHOD
            && owner.equals(constants[part(constants[part(constants[i], 0)], 0)])) {
          int nameAndType = part(constants[i], 1);
          assertThat(tags[nameAndType]).isEqualTo(NAME_AND_TYPE);
          names.add((String) constants[part(constants[nameAndType], 0)]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int part(Object constant, int index) {
    return (Integer) ((List<?>) constant).get(index);
  }
}
