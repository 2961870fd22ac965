package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache of compiled networks: what it takes back, and what it does not. */
final class OvCacheTest {
  private static final int ANY = -1;

  @TempDir Path folder;
  private Path cache;
  private ModelFiles model;

  @BeforeAll
  static void needsOpenVino() {
    boolean there = OvRuntime.unavailable().isEmpty();
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have OpenVINO: " + OvRuntime.unavailable().get());
    }
    assumeTrue(there, () -> "skipped: " + OvRuntime.unavailable().get());
  }

  @BeforeEach
  void writeModel() throws IOException {
    cache = folder.resolve("cache");
    model = TinyIr.write(folder.resolve("model"), ANY, 1);
  }

  @Test
  void shouldAnswerTheSameToTheBitWhenTakenFromTheCache() throws IOException {
    float[] plain = answer(model, Map.of(), "CPU", 3);
    float[] first = cached(model, 3);
    Map<Path, Object> kept = kept();
    float[] second = cached(model, 3);

    assertThat(first).containsExactly(plain);
    assertThat(second).containsExactly(plain);
    assertThat(kept).as("the network as it is, and for 3 rows").hasSize(2);
    assertThat(kept()).isEqualTo(kept);
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void shouldTellTheSameOfTheNetworkWhenTakenFromTheCache() {
    for (int rows : List.of(ANY, 2)) {
      ModelFiles files = TinyIr.bytes(rows, 1);
      try (Net made = open(files, options(), "CPU");
          Net taken = open(files, options(), "CPU")) {
        assertThat(taken.inputs()).isEqualTo(made.inputs());
        assertThat(taken.outputs()).isEqualTo(made.outputs());
        assertThat(taken.description()).isEqualTo(made.description()).contains("threads");
      }
    }
  }

  @Test
  void shouldKeepEveryPropertyWhenTakenFromTheCache() throws IOException {
    Map<String, String> own =
        Map.of("PERF_COUNT", "YES", "EXECUTION_MODE_HINT", "ACCURACY", "NUM_STREAMS", "1");
    ModelFiles files = TinyIr.write(folder.resolve("fixed"), 2, 1);
    Map<String, String> made = properties(files, own);
    Map<Path, Object> kept = kept();
    Map<String, String> taken = properties(files, own);

    assertThat(kept()).isEqualTo(kept).hasSize(1);
    assertThat(taken).isEqualTo(made).containsEntry("PERF_COUNT", "YES").hasSizeGreaterThan(10);
  }

  private Map<String, String> properties(ModelFiles files, Map<String, String> own) {
    Map<String, String> all = new HashMap<>(options());
    all.putAll(own);
    OvRuntime runtime = OvRuntime.get();
    OvOptions options = OvOptions.of(new NetOptions(1, all), new OvDevice("CPU"), runtime);
    try (OvCompiler compiler = new OvCompiler(runtime, OvSource.of(files, "net.xml", ""), options);
        OvCompiled compiled = compiler.compile(List.of()).orElseThrow()) {
      Map<String, String> found = new HashMap<>();
      for (String key : compiled.property("SUPPORTED_PROPERTIES").orElseThrow().split("\\s+", -1)) {
        compiled.property(key).ifPresent(value -> found.put(key, value));
      }
      return found;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed | 2",
        "rows | 5",
        "device | HETERO:CPU",
        "PERFORMANCE_HINT | THROUGHPUT",
        "EXECUTION_MODE_HINT | ACCURACY",
        "PERF_COUNT | YES"
      })
  void shouldCompileAnewWhenSomethingIsDifferent(String what, String value) throws IOException {
    cached(model, 3);
    Map<Path, Object> before = kept();
    ModelFiles other = model;
    Map<String, String> options = new HashMap<>(options());
    String device = "CPU";
    switch (what) {
      case "seed" -> other = TinyIr.write(folder.resolve("model"), ANY, Integer.parseInt(value));
      case "rows" -> {}
      case "device" -> device = value;
      default -> options.put(what, value);
    }
    int rows = what.equals("rows") ? Integer.parseInt(value) : 3;
    float[] plain = answer(other, Map.of(), "CPU", rows);

    assertThat(answer(other, options, device, rows)).containsExactly(plain);
    assertThat(kept()).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    Map<Path, Object> after = kept();
    assertThat(answer(other, options, device, rows)).containsExactly(plain);
    assertThat(kept()).isEqualTo(after);
  }

  @Test
  void shouldCompileAnewWhenThreadsOrStreamsAreDifferent() throws IOException {
    for (NetOptions options :
        List.of(
            new NetOptions(1, 1, options()),
            new NetOptions(2, 1, options()),
            new NetOptions(1, 2, options()))) {
      int before = kept().size();
      open(model, options, "CPU").close();
      assertThat(kept()).as("%s", options).hasSize(before + 1);
    }
  }

  /** Whatever is wrong with a file, it is as if it were not there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip 0", "flip 5", "flip 20", "flip 35", "flip 50", "flip 65", "flip 80", "flip 100",
        "cut 1", "cut 50", "cut 99", "cut 100", "longer", "foreign", "swapped", "gone"
      })
  void shouldCompileAnewWhenAFileIsDamaged(String damage) throws IOException {
    float[] plain = answer(model, Map.of(), "CPU", 3);
    cached(model, 3);
    List<Path> files = files(".blob");
    cached(TinyIr.write(folder.resolve("other"), ANY, 2), 3);
    List<Path> others = new ArrayList<>(files(".blob"));
    others.removeAll(files);
    Map<Path, Object> undamaged = kept();
    byte[] first = Files.readAllBytes(files.get(0));
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      byte[] bytes = Files.readAllBytes(file);
      switch (damage) {
        case "longer" -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        case "foreign" -> Files.write(file, Files.readAllBytes(others.get(i)));
        case "swapped" -> Files.write(file, i == 0 ? Files.readAllBytes(files.get(1)) : first);
        case "gone" -> Files.delete(file);
        default -> damage(file, bytes, damage.split(" "));
      }
    }

    assertThat(cached(model, 3)).containsExactly(plain);
    Map<Path, Object> repaired = kept();
    assertThat(repaired).containsKeys(files.toArray(Path[]::new));
    if (!damage.equals("gone")) {
      // The number of a file that was removed may be given to the next.
      files.forEach(file -> assertThat(repaired.get(file)).isNotEqualTo(undamaged.get(file)));
    }
    others.forEach(file -> assertThat(repaired.get(file)).isEqualTo(undamaged.get(file)));
    assertThat(cached(model, 3)).containsExactly(plain);
    assertThat(kept()).as("repaired only once").isEqualTo(repaired);
  }

  private static void damage(Path file, byte[] bytes, String[] damage) throws IOException {
    int percent = Integer.parseInt(damage[1]);
    if (damage[0].equals("cut")) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length * (100 - percent) / 100));
    } else {
      bytes[(bytes.length - 1) * percent / 100] ^= 4;
      Files.write(file, bytes);
    }
  }

  @Test
  void shouldCompileAnewWhenTheNetworkAsItIsIsDamagedAfterOpening() throws IOException {
    cached(model, 3);
    float[] plain = answer(model, Map.of(), "CPU", 4);
    Map<String, String> options = new HashMap<>(options());
    options.put("shapes", "1");
    answer(model, options, "CPU", 3);
    try (Net net = open(model, options, "CPU");
        NetSlot slot = net.slot()) {
      run(slot, 3);
      for (Path file : files(".blob")) {
        Files.write(file, new byte[100]);
      }
      assertThat(run(slot, 4)).as("runs on the network as it is").containsExactly(plain);
    }
  }

  @Test
  void shouldGoByTheContentWhenAModelIsMovedTouchedOrPacked() throws IOException {
    float[] plain = cached(model, 3);
    Map<Path, Object> kept = kept();
    Files.setLastModifiedTime(
        folder.resolve("model/net.xml"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(cached(model, 3)).containsExactly(plain);
    Files.move(folder.resolve("model"), folder.resolve("moved"));
    assertThat(cached(ModelFiles.directory(folder.resolve("moved")), 3)).containsExactly(plain);
    assertThat(cached(TinyIr.bytes(ANY, 1), 3)).containsExactly(plain);
    Files.move(cache, folder.resolve("elsewhere"));
    cache = folder.resolve("elsewhere");
    assertThat(cached(model(), 3)).containsExactly(plain);

    assertThat(kept().values()).containsExactlyInAnyOrderElementsOf(kept.values());
  }

  private ModelFiles model() {
    return ModelFiles.directory(folder.resolve("moved"));
  }

  @Test
  void shouldNotMixInAFileThatHasChangedSinceItWasOpened() throws IOException {
    float[] plain = answer(model, Map.of(), "CPU", 5);
    cached(model, 3);
    try (Net net = open(model, options(), "CPU");
        NetSlot slot = net.slot()) {
      TinyIr.write(folder.resolve("model"), ANY, 2);
      Map<Path, Object> kept = kept();
      assertThat(run(slot, 5)).containsExactly(plain);
      Files.delete(folder.resolve("model/net.bin"));
      assertThat(run(slot, 5)).containsExactly(plain);
      assertThat(kept()).isEqualTo(kept);
    }
  }

  @Test
  void shouldSayWhatToDoWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path unwritable : List.of(file, file.resolve("below"), Path.of("/proc/avocet"))) {
      AvocetException e =
          assertThrows(
              AvocetException.class,
              () -> open(model, Map.of("cache_dir", unwritable.toString()), "CPU").close());
      assertThat(e.status()).isEqualTo(Status.FAIL);
      assertThat(e)
          .hasMessageContaining("cache_dir=" + unwritable + " cannot be written: ")
          .hasMessageContaining("name a folder with room");
    }
    assertThat(file).hasContent("x");
  }

  @Test
  void shouldGoOnWhenTheFolderCannotBeWrittenAfterOpening() throws IOException {
    float[] plain = answer(model, Map.of(), "CPU", 3);
    try (Net net = open(model, options(), "CPU");
        NetSlot slot = net.slot()) {
      for (Path file : files("")) {
        Files.delete(file);
      }
      Files.delete(cache);
      Files.writeString(cache, "in its place");
      assertThat(run(slot, 3)).containsExactly(plain);
    }
  }

  @Test
  void shouldAnswerRightWhenManyOpenAtOnce() throws Exception {
    float[] plain = answer(model, Map.of(), "CPU", 3);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(threads.submit(() -> cached(model, 3)));
      }
      for (Future<float[]> answer : answers) {
        assertThat(answer.get()).containsExactly(plain);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(kept()).hasSize(2);
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void shouldAnswerRightWhenTwoProcessesOpenAtOnce() throws Exception {
    List<Process> processes = List.of(child("exec"), child("exec"));
    String plain = Arrays.toString(answer(model, Map.of(), "CPU", 3));
    for (Process process : processes) {
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(plain);
      assertThat(process.waitFor()).isZero();
    }
    assertThat(kept()).hasSize(2);
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void shouldSayWhatToDoWhenThereIsNoRoom() throws Exception {
    Process process = child("ulimit -f 4; exec");
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("cache_dir=" + cache + " cannot be written: ")
        .contains("name a folder with room");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(files("")).isEmpty();
  }

  /** One answer of the model, from a JVM of its own. */
  private Process child(String how) throws IOException {
    return new ProcessBuilder(
            "bash",
            "-c",
            how + " \"$@\"",
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            OvCacheChild.class.getName(),
            folder.resolve("model").toString(),
            cache.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void shouldOnlyCompileWhenTheDeviceCannotExport() throws IOException {
    float[] plain = answer(model, Map.of(), "CPU", 3);
    assertThat(answer(model, options(), "AUTO:CPU", 3)).containsExactly(plain);
    assertThat(cache).doesNotExist();
  }

  @Test
  void shouldReadAFolderThatMayOnlyBeReadWhenAllIsThere() throws IOException {
    float[] plain = cached(model, 3);
    Map<Path, Object> kept = kept();
    assertThat(cache.toFile().setWritable(false)).isTrue();
    try {
      assertThat(cached(model, 3)).containsExactly(plain);
    } finally {
      assertThat(cache.toFile().setWritable(true)).isTrue();
    }
    assertThat(kept()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache_dir | ' ' | cache_dir=\" \": expected a path",
        "cache_mb | 0 | cache_mb=\"0\": expected 1 to 9999999",
        "cache_mb | much | cache_mb=\"much\": expected 1 to 9999999"
      })
  void shouldRefuseAnOptionWhenItIsMalformed(String key, String value, String message) {
    AvocetException e =
        assertThrows(AvocetException.class, () -> open(model, Map.of(key, value), "CPU"));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(e).hasMessageContaining(message);
  }

  /** Alternately cold and warm, so that other work on the machine falls on both. */
  @Test
  void shouldOpenThreeTimesFasterWhenTakenFromTheCache() throws IOException {
    Path detector = Path.of(System.getProperty("avocet.shared"), "assets/sdk-models/ppocr_det");
    if (!Files.exists(detector) && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have " + detector);
    }
    assumeTrue(Files.exists(detector), () -> "skipped: there is no " + detector);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Map<String, String> options = Map.of("cache_dir", folder.resolve("cache" + i).toString());
      double cold = openDetector(detector, options);
      ratios.add(cold / openDetector(detector, options));
    }
    ratios.sort(null);
    assertThat(ratios.get(2)).as("median of %s", ratios).isGreaterThan(3);
  }

  private static double openDetector(Path folder, Map<String, String> options) {
    long start = System.nanoTime();
    new OvProvider()
        .open(
            ModelFiles.directory(folder),
            "end2end.onnx",
            "",
            Device.parse("openvino:CPU"),
            new NetOptions(1, options))
        .close();
    return System.nanoTime() - start;
  }

  private float[] cached(ModelFiles files, int rows) {
    return answer(files, options(), "CPU", rows);
  }

  private Map<String, String> options() {
    return Map.of("cache_dir", cache.toString());
  }

  private static float[] answer(
      ModelFiles files, Map<String, String> options, String device, int rows) {
    try (Net net = open(files, options, device);
        NetSlot slot = net.slot()) {
      return run(slot, rows);
    }
  }

  static Net open(ModelFiles files, Map<String, String> options, String device) {
    return open(files, new NetOptions(1, options), device);
  }

  private static Net open(ModelFiles files, NetOptions options, String device) {
    return new OvProvider().open(files, "net.xml", "", Device.parse("openvino:" + device), options);
  }

  static float[] run(NetSlot slot, int rows) {
    FloatBuffer x = slot.input(0, Shape.of(rows, TinyIr.WIDTH)).floats();
    for (int i = 0; x.hasRemaining(); i++) {
      x.put((i % 19 - 9) / 8f);
    }
    slot.run();
    float[] y = new float[rows * TinyIr.WIDTH];
    slot.output(0).floats().get(y);
    return y;
  }

  /** The files kept, and which ones they are; a file written anew is another one. */
  private Map<Path, Object> kept() throws IOException {
    Map<Path, Object> kept = new HashMap<>();
    for (Path file : files(".blob")) {
      kept.put(file, Files.getAttribute(file, "unix:ino"));
    }
    return kept;
  }

  private List<Path> files(String suffix) throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
