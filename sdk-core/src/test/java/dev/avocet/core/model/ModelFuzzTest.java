package dev.avocet.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.CapturedLog;
import dev.avocet.core.Status;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes are, a model opens or fails with an AvocetException that names the file. */
class ModelFuzzTest {
  private static final Set<Status> EXPECTED =
      Set.of(Status.INVALID_ARG, Status.NOT_SUPPORTED, Status.OUT_OF_RANGE, Status.FILE_NOT_FOUND);

  private static final String[] TOKENS = {
    "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e999", "NaN", "\\u0000", "\"\"",
    "[[[["
  };

  private static void assertOpensOrFails(Map<String, byte[]> files) {
    try (CapturedLog log = new CapturedLog();
        Model model = Model.of(new TestModels.InMemory(files))) {
      model.logUnreadKeys();
      assertThat(log.text().length()).isLessThan(2000);
    } catch (AvocetException e) {
      assertThat(e.status()).as(e.getMessage()).isIn(EXPECTED);
      assertThat(e.getMessage()).contains("memory");
    }
  }

  @Property(tries = 1000)
  void shouldSurviveRandomBytesAsJson(@ForAll byte[] bytes, @ForAll @IntRange(max = 2) int which) {
    Map<String, byte[]> files = TestModels.files();
    files.put(name(which), bytes);
    assertOpensOrFails(files);
  }

  @Property(tries = 3000)
  void shouldSurviveMutatedJson(@ForAll Random random, @ForAll @IntRange(max = 2) int which) {
    Map<String, byte[]> files = TestModels.files();
    byte[] json = files.get(name(which));
    for (int i = random.nextInt(3); i >= 0; i--) {
      json = mutate(json, random);
    }
    files.put(name(which), json);
    assertOpensOrFails(files);
  }

  @Property(tries = 1000)
  void shouldSurviveRandomBytesAsZip(@ForAll byte[] bytes) {
    byte[] zip = Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 4 + bytes.length);
    System.arraycopy(bytes, 0, zip, 4, bytes.length);
    openZip(zip);
    openZip(bytes);
  }

  @Property(tries = 3000)
  void shouldSurviveMutatedZip(@ForAll Random random) {
    byte[] zip = TestModels.zip(TestModels.files());
    for (int i = random.nextInt(4); i >= 0; i--) {
      zip = mutate(zip, random);
    }
    openZip(zip);
  }

  private static void openZip(byte[] zip) {
    try {
      Model.of(zip).close();
    } catch (AvocetException e) {
      assertThat(e.status()).as(e.getMessage()).isIn(EXPECTED);
      assertThat(e.getMessage()).contains("model in memory");
    }
  }

  private static String name(int which) {
    return new String[] {"deploy.json", "pipeline.json", "avocet.json"}[which];
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
    byte[] copy = bytes.clone();
    return switch (random.nextInt(6)) {
      case 0 -> {
        copy[from] = (byte) random.nextInt();
        yield copy;
      }
      case 1 -> {
        copy[from] ^= (byte) (1 << random.nextInt(8));
        yield copy;
      }
      case 2 -> splice(bytes, from, to, new byte[0]);
      case 3 -> splice(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 4 -> Arrays.copyOf(bytes, from);
      default -> splice(bytes, from, to, TestModels.bytes(TOKENS[random.nextInt(TOKENS.length)]));
    };
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
    return result;
  }
}
