package dev.avocet.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.RectF;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever a network answers, every registered head gives a result or an {@link AvocetException}.
 *
 * <p>Random outputs alone would be refused at the first check, so where a head says what it misses,
 * "no output …" or "expected FLOAT32[B,N,5]", that is mended, mostly, and it is asked again. The
 * parameters are those that {@code docs/model-folder.md} shows, or none where the head takes that.
 */
class HeadPropertyTest {
  private static final List<HeadProvider> PROVIDERS =
      ServiceLoader.load(HeadProvider.class).stream().map(ServiceLoader.Provider::get).toList();

  private static final Pattern MISSING = Pattern.compile("has no output \"([^\"]+)\" but");
  private static final Pattern EXPECTED =
      Pattern.compile("output \"([^\"]+)\": expected ([A-Z0-9]*)\\[([^\\]]*)\\]");
  private static final Pattern COUNT = Pattern.compile("expected (\\d+) outputs");
  private static final Pattern CELLS = Pattern.compile("output \"([^\"]+)\": .* make (\\d+) cells");

  private static final float[] ODD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -1e30f, -0f, 1e9f
  };

  /** Results of each head, so that a test of nothing but refusals is noticed. */
  private static final Map<String, Integer> ANSWERS = new TreeMap<>();

  @Provide
  Arbitrary<HeadProvider> providers() {
    return Arbitraries.of(PROVIDERS);
  }

  @Property(tries = 600)
  void shouldAnswerOrRefuseWhateverTheNetworkSays(
      @ForAll("providers") HeadProvider provider, @ForAll long seed) throws IOException {
    Trial trial = new Trial(provider, seed);
    Head<?> head = trial.head();
    for (int attempt = 0; attempt < 40; attempt++) {
      try {
        trial.check(head.decode(trial.outputs(), trial.index, trial.meta, trial.options), head);
        ANSWERS.merge(provider.component(), 1, Integer::sum);
        return;
      } catch (AvocetException e) {
        assertThat(e.getMessage()).isNotBlank();
        assertThat(EnumSet.of(Status.FAIL, Status.OUT_OF_RANGE, Status.INVALID_ARG))
            .contains(e.status());
        if (!trial.mend(e.getMessage())) {
          return;
        }
      }
    }
  }

  @Test
  void shouldReachAnAnswerOfEveryHead() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 400; round++) {
      for (HeadProvider provider : PROVIDERS) {
        if (!ANSWERS.containsKey(provider.component())) {
          shouldAnswerOrRefuseWhateverTheNetworkSays(provider, random.nextLong());
        }
      }
    }
    Set<String> components = new TreeSet<>();
    PROVIDERS.forEach(p -> components.add(p.component()));
    assertThat(ANSWERS.keySet()).containsAll(components);
  }

  /** One network's answer, made up as the head asks for it. */
  private static final class Trial {
    final HeadProvider provider;
    final Random random;
    final Map<String, Tensor> tensors = new TreeMap<>();
    final Map<String, Long> extents = new TreeMap<>();
    final boolean wild;
    final int index;
    final SampleMeta meta;
    final HeadOptions options;

    Trial(HeadProvider provider, long seed) {
      this.provider = provider;
      this.random = new Random(seed);
      wild = random.nextInt(3) == 0;
      index = random.nextInt(8) == 0 ? 1 : 0;
      meta = meta();
      options =
          random.nextBoolean()
              ? HeadOptions.DEFAULT
              : new HeadOptions(
                  OptionalDouble.of(random.nextInt(11) / 10.0),
                  OptionalInt.of(1 + random.nextInt(20)));
    }

    Head<?> head() throws IOException {
      Digits files = new Digits();
      Params none = Params.empty("pipeline.json", "$");
      if (random.nextBoolean()) {
        try {
          return provider.create(none, files);
        } catch (AvocetException e) {
          assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
        }
      }
      String topic = "```json head " + provider.module() + " " + provider.component() + "\n";
      String page = Files.readString(Path.of("../docs/model-folder.md"));
      int from = page.indexOf(topic);
      assertThat(from).as(topic).isPositive();
      String json = page.substring(from + topic.length(), page.indexOf("```", from + 3));
      return provider.create(Params.parse("pipeline.json", json), files);
    }

    NetOutputs outputs() {
      return HeadTests.outputs(tensors);
    }

    /** Changes the outputs as the message wants it; whether that is something. */
    boolean mend(String message) {
      Matcher missing = MISSING.matcher(message);
      Matcher expected = EXPECTED.matcher(message);
      Matcher count = COUNT.matcher(message);
      Matcher cells = CELLS.matcher(message);
      if (missing.find()) {
        tensors.put(missing.group(1), tensor(randomShape()));
      } else if (expected.find()) {
        Shape shape = shape(expected.group(3));
        DataType type =
            expected.group(2).isEmpty() ? labelType() : DataType.valueOf(expected.group(2));
        tensors.put(
            expected.group(1), tensor(type, random.nextInt(9) == 0 ? randomShape() : shape));
      } else if (count.find()) {
        tensors.clear();
        for (int i = 0; i < Integer.parseInt(count.group(1)); i++) {
          tensors.put("out" + i, tensor(randomShape()));
        }
      } else if (cells.find()) {
        Shape found = tensors.get(cells.group(1)).shape();
        tensors.put(cells.group(1), tensor(found.with(1, Long.parseLong(cells.group(2)))));
      } else {
        return false;
      }
      return true;
    }

    void check(Object answer, Head<?> head) {
      assertThat(answer).isInstanceOf(head.resultType());
      if (answer instanceof Image image) {
        image.close();
      }
      if (answer instanceof Boxes boxes) {
        for (int i = 0; i < boxes.size(); i++) {
          assertThat(boxes.x1(i)).isBetween(0f, boxes.x2(i));
          assertThat(boxes.y1(i)).isBetween(0f, boxes.y2(i));
          assertThat(boxes.x2(i)).isLessThan(meta.originalWidth());
          assertThat(boxes.y2(i)).isLessThan(meta.originalHeight());
          assertThat(boxes.score(i)).isNotNaN();
        }
      }
    }

    private SampleMeta meta() {
      int width = 1 + random.nextInt(80);
      int height = 1 + random.nextInt(80);
      float[] scales = wild ? new float[] {0, -1, Float.NaN, 1e-30f, 1e30f} : new float[] {1, .37f};
      int network = 32 * (1 + random.nextInt(2));
      Optional<RectF> window =
          random.nextBoolean()
              ? Optional.empty()
              : Optional.of(new RectF(random.nextInt(50) - 20, -3, random.nextInt(40), 30));
      return new SampleMeta(
          width,
          height,
          1 + random.nextInt(network),
          1 + random.nextInt(network),
          scales[random.nextInt(scales.length)],
          scales[random.nextInt(scales.length)],
          random.nextInt(9),
          random.nextInt(9),
          random.nextInt(3),
          random.nextInt(3),
          network,
          32,
          random.nextInt(5) / 4f,
          window);
    }

    private DataType labelType() {
      DataType[] types = {DataType.INT64, DataType.INT32, DataType.FLOAT32, DataType.UINT8};
      return types[random.nextInt(types.length)];
    }

    private Tensor tensor(Shape shape) {
      return tensor(random.nextInt(9) == 0 ? labelType() : DataType.FLOAT32, shape);
    }

    private Tensor tensor(DataType type, Shape shape) {
      Tensor tensor = HeadTests.tensor(type, shape.elements() > 2_000_000 ? Shape.of(0) : shape);
      float range = new float[] {1, 6, 60, 1e4f}[random.nextInt(4)];
      float[] values = new float[997];
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.nextFloat() * 1.2f - 0.2f) * range;
        if (wild && random.nextInt(50) == 0) {
          values[i] = ODD[random.nextInt(ODD.length)];
        }
      }
      ByteBuffer bytes = tensor.bytes();
      for (int i = 0; bytes.hasRemaining(); i++) {
        float v = values[i % values.length];
        switch (type) {
          case FLOAT32 -> bytes.putFloat(v);
          case INT32 -> bytes.putInt((int) v);
          case INT64 -> bytes.putLong((long) v);
          default -> bytes.put((byte) v);
        }
      }
      return tensor;
    }

    private Shape randomShape() {
      long[] dims = new long[random.nextInt(6)];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(6);
      }
      if (random.nextInt(40) == 0) {
        return Shape.of(1, Long.MAX_VALUE / 4, 0, 5);
      }
      return Shape.of(dims);
    }

    /** Extents as in {@code B,N,4}, {@code 1,?,2*K} or {@code B,C+32}; a letter keeps its value. */
    private Shape shape(String text) {
      String[] parts = text.split(",", -1);
      long[] dims = new long[parts.length];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = extent(parts[i].strip());
      }
      return Shape.of(dims);
    }

    private long extent(String text) {
      if (text.matches("\\d{1,7}")) {
        return Long.parseLong(text);
      }
      int plus = text.indexOf('+');
      int times = text.indexOf('*');
      if (times > 0) {
        return extent(text.substring(0, times)) * extent(text.substring(times + 1));
      }
      if (plus > 0) {
        return extent(text.substring(0, plus).replace("(", ""))
            + extent(text.substring(plus + 1).replace(")", ""));
      }
      long fresh = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(text.equals("B") ? 2 : 24);
      return text.matches("[A-Z]") ? extents.computeIfAbsent(text, k -> fresh) : Math.max(fresh, 1);
    }
  }

  /** Files of a model in which every name is a dictionary of digits. */
  private static final class Digits implements ModelFiles {
    @Override
    public String origin() {
      return "test";
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public byte[] read(String name) {
      return "0\n1\n2\n3\n4\n5\n6\n7\n8\n9".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Path> path(String name) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
