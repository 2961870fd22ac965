package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.avocet.core.model.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrtCacheTest {
  private static final TrtPlace ORIN = new TrtPlace("10.15.1", "Orin", "sm_87");
  private static final TrtMeta NOTHING = new TrtMeta(Map.of(), OptionalInt.empty());

  private static Path shared;

  @TempDir Path folder;

  @BeforeContainer
  static void make() throws IOException {
    shared = Files.createTempDirectory("avocet-engines");
  }

  @AfterContainer
  static void remove() throws IOException {
    try (Stream<Path> files = Files.walk(shared)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldGiveBackTheEngineWhenItWasBuiltOfTheSameForTheSame() throws IOException {
    TrtCache cache = cache(ORIN, "network");
    assertThat(find(cache)).isEmpty();
    keep(cache, "engine");

    assertThat(find(cache)).contains("engine");
    assertThat(find(cache(ORIN, "network"))).contains("engine");
    assertThat(cache.others()).isEmpty();
  }

  @Test
  void shouldBeginWithAMagicWordAndTextForPeople() throws IOException {
    keep(cache(ORIN, "network"), "engine");

    String text = new String(Files.readAllBytes(onlyFile()), StandardCharsets.ISO_8859_1);
    assertThat(text.substring(32))
        .startsWith("avocet tensorrt engine 1\n")
        .contains("TensorRT 10.15.1 on Orin (sm_87)\n")
        .endsWith("engine");
    assertThat(onlyFile().getFileName().toString())
        .matches("avocet-[0-9a-f]{32}_10\\.15\\.1_sm_87_Orin\\.engine");
  }

  /** Where an update of JetPack or another board meets an old folder. */
  @Test
  void shouldSayWhatIsKeptWhenTheReleaseOrTheGpuIsAnother() throws IOException {
    keep(cache(ORIN, "network"), "engine");
    TrtCache release = cache(new TrtPlace("10.16.0", "Orin", "sm_87"), "network");
    TrtCache gpu = cache(new TrtPlace("10.15.1", "NVIDIA RTX 4000", "sm_89"), "network");
    TrtCache name = cache(new TrtPlace("10.15.1", "Orin Nano", "sm_87"), "network");

    for (TrtCache other : List.of(release, gpu, name)) {
      assertThat(find(other)).isEmpty();
      assertThat(other.others()).contains("TensorRT 10.15.1 on sm_87_Orin");
      keep(other, other.place().toString());
    }
    for (TrtCache other : List.of(release, gpu, name)) {
      assertThat(find(other)).contains(other.place().toString());
    }
    assertThat(find(cache(ORIN, "network"))).contains("engine");
    assertThat(cache(ORIN, "another network").others()).isEmpty();
  }

  @Test
  void shouldFindNothingWhenAnythingThatIsBuiltIsAnother() throws IOException {
    Path plugin = Files.writeString(folder.resolve("p.so"), "1");
    Path table = Files.writeString(folder.resolve("t"), "1");
    Path tensors = Files.createDirectories(folder.resolve("tensors/x"));
    Path tensor = Files.writeString(tensors.resolve("a.npy"), "1");
    String[] quantised = {"precision", "int8", "calibration", tensors.getParent().toString()};
    List<byte[]> built = new ArrayList<>();
    built.add(cache(ORIN, "network").built());
    built.add(cache(ORIN, "networ").built());
    built.add(cache(ORIN, "network", "precision", "fp16").built());
    built.add(cache(ORIN, "network", "plugins", plugin.toString()).built());
    Files.writeString(plugin, "2");
    built.add(cache(ORIN, "network", "plugins", plugin.toString()).built());
    built.add(cache(ORIN, "network", "precision", "int8", "calibration", table.toString()).built());
    Files.writeString(table, "2");
    built.add(cache(ORIN, "network", "precision", "int8", "calibration", table.toString()).built());
    built.add(cache(ORIN, "network", quantised).built());
    Files.setLastModifiedTime(tensor, FileTime.fromMillis(1000));
    built.add(cache(ORIN, "network", quantised).built());
    built.add(
        cache(ORIN, "network", new TrtMeta(Map.of("x", TrtRange.parse("1")), OptionalInt.empty()))
            .built());
    built.add(cache(ORIN, "network", new TrtMeta(Map.of(), OptionalInt.of(2))).built());

    assertThat(built.stream().map(Arrays::toString)).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellNetworksApartWhenTheirWeightsBesideThemDiffer() throws IOException {
    Files.write(folder.resolve("w.onnx"), OnnxBytes.withWeightsIn("weights.bin"));
    List<byte[]> built = new ArrayList<>();
    built.add(ofFile("w.onnx"));
    Files.writeString(folder.resolve("weights.bin"), "1");
    built.add(ofFile("w.onnx"));
    Files.writeString(folder.resolve("weights.bin"), "2");
    built.add(ofFile("w.onnx"));

    assertThat(built.stream().map(Arrays::toString)).doesNotHaveDuplicates();
  }

  private byte[] ofFile(String name) {
    try (TrtSource source = TrtSource.of(ModelFiles.directory(folder), name)) {
      return TrtCache.of(source, NOTHING, TrtOptionsTest.options(), ORIN).orElseThrow().built();
    }
  }

  @Property(tries = 150)
  void shouldFindNothingWhenAnyPartOfTheFileIsDamaged(
      @ForAll @IntRange(max = 400) int from,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll boolean cut)
      throws IOException {
    Path network = Files.writeString(shared.resolve("n.onnx"), "network");
    TrtCache cache =
        cache(ModelFiles.directory(shared), network, ORIN, NOTHING, shared.resolve("cache"));
    keep(cache, "an engine of some length");
    Path file = onlyFile(shared.resolve("cache"));
    byte[] whole = Files.readAllBytes(file);
    int begin = from % whole.length;
    byte[] damaged = cut ? Arrays.copyOf(whole, begin) : whole.clone();
    for (int i = begin; i < Math.min(damaged.length, begin + length); i++) {
      damaged[i] ^= (byte) (1 + i % 255);
    }
    Files.write(file, damaged);

    assertThat(find(cache).isPresent()).isEqualTo(Arrays.equals(damaged, whole));
  }

  @Test
  void shouldNeverMixEnginesWhenSeveralKeepThemAtOnce()
      throws InterruptedException, ExecutionException, IOException {
    TrtCache cache = cache(ORIN, "network");
    keep(cache, "0");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String engine = Integer.toString(i).repeat(10_000 * i);
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 10; n++) {
                  keep(cache, engine);
                  String found = find(cache).orElseThrow();
                  assertThat(found).matches("1{10000}|2{20000}|3{30000}|0");
                }
              }));
    }
    threads.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
    assertThat(onlyFile()).exists();
  }

  @Test
  void shouldGoOnWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    TrtCache cache =
        cache(
            ModelFiles.directory(folder),
            Files.writeString(folder.resolve("n.onnx"), "network"),
            ORIN,
            NOTHING,
            file.resolve("below"));

    assertThatCode(() -> keep(cache, "engine")).doesNotThrowAnyException();
    assertThatCode(() -> cache.keepCalibration(new byte[1])).doesNotThrowAnyException();
    assertThat(find(cache)).isEmpty();
    assertThat(cache.others()).isEmpty();
  }

  @Test
  void shouldLetTheOldestEngineGoWhenThereIsNoRoom() throws IOException {
    String large = "x".repeat(700_000);
    TrtCache first = cache(ORIN, "a", "cache_mb", "1");
    TrtCache second = cache(ORIN, "b", "cache_mb", "1");
    keep(first, large);
    keep(second, large);

    assertThat(find(first)).isEmpty();
    assertThat(find(second)).contains(large);
  }

  @Test
  void shouldLayTheCalibrationBesideTheEngines() throws IOException {
    cache(ORIN, "network")
        .keepCalibration("TRT-101501-EntropyCalibration2".getBytes(StandardCharsets.UTF_8));

    assertThat(onlyFile()).hasContent("TRT-101501-EntropyCalibration2");
    assertThat(onlyFile().toString()).endsWith(".calibration");
  }

  @Test
  void shouldKeepNothingWhenNoFolderIsWanted() throws IOException {
    Path network = Files.writeString(folder.resolve("n.onnx"), "network");
    try (TrtSource source =
        TrtSource.of(ModelFiles.directory(folder), network.getFileName().toString())) {
      assertThat(TrtCache.of(source, NOTHING, TrtOptionsTest.options("cache_dir", "none"), ORIN))
          .isEmpty();
    }
  }

  private TrtCache cache(TrtPlace place, String network, String... options) throws IOException {
    return cache(
        ModelFiles.directory(folder),
        Files.writeString(folder.resolve("n.onnx"), network),
        place,
        NOTHING,
        folder.resolve("cache"),
        options);
  }

  private TrtCache cache(TrtPlace place, String network, TrtMeta meta) throws IOException {
    return cache(
        ModelFiles.directory(folder),
        Files.writeString(folder.resolve("n.onnx"), network),
        place,
        meta,
        folder.resolve("cache"));
  }

  private static TrtCache cache(
      ModelFiles files, Path network, TrtPlace place, TrtMeta meta, Path cache, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "cache_dir";
    all[options.length + 1] = cache.toString();
    try (TrtSource source = TrtSource.of(files, network.getFileName().toString())) {
      return TrtCache.of(source, meta, TrtOptionsTest.options(all), place).orElseThrow();
    }
  }

  private static void keep(TrtCache cache, String engine) {
    try (BytePointer data = new BytePointer(engine.getBytes(StandardCharsets.US_ASCII))) {
      cache.keep(data, data.limit());
    }
  }

  private static Optional<String> find(TrtCache cache) {
    try (TrtPlan plan = cache.find().orElse(null)) {
      if (plan == null) {
        return Optional.empty();
      }
      assertThat(plan.data().address() + plan.data().position()).isNotZero();
      byte[] bytes = new byte[(int) plan.size()];
      ((BytePointer) plan.data()).get(bytes);
      return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  private Path onlyFile() throws IOException {
    return onlyFile(folder.resolve("cache"));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
