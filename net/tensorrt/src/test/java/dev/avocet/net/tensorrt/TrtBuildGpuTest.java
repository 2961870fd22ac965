package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.net.OpenListener;
import dev.avocet.testing.MemoryFiles;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.SharedFolder;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Building, keeping and taking back engines on a GPU. */
@NeedsGpu
@Timeout(900)
class TrtBuildGpuTest {
  private static final int DIGEST_AND_MAGIC = 32 + "avocet tensorrt engine 1\n".length();

  @TempDir Path folder;

  private Net open(ModelFiles files, String file, OpenListener listener, String... pairs) {
    Map<String, String> options = new HashMap<>();
    options.put("cache_dir", folder.resolve("cache").toString());
    options.put("builder_level", "0");
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], pairs[i + 1]);
    }
    return new TrtProvider()
        .open(files, file, "", OnGpu.GPU, new NetOptions(0, 1, options, listener));
  }

  private Net tiny(String... pairs) {
    return open(new MemoryFiles("tiny.onnx", affine()), "tiny.onnx", OpenListener.NONE, pairs);
  }

  private static byte[] affine() {
    return TinyNets.affine(2, 33).build();
  }

  private static void runs(Net net) {
    try (NetSlot slot = net.slot()) {
      var x = slot.input(0, Shape.of(2, 33));
      TinyNets.fill(x, 1);
      slot.run();
      TinyNets.assertAffine(x, slot.output(0));
    }
  }

  private List<Path> kept(String ending) throws IOException {
    if (!Files.isDirectory(folder.resolve("cache"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static ModelFiles model(String name) {
    return ModelFiles.directory(SharedFolder.resolve("assets/sdk-models/" + name));
  }

  @Test
  void shouldTakeTheEngineFromTheCacheWhenItIsOpenedAgain() throws IOException {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    OpenListener listener =
        (phase, done, steps) -> {
          assertThat(phase).isNotBlank();
          assertThat(done).isBetween(0, steps);
          return heard.add(phase);
        };
    open(model("yolox_nano"), "end2end.onnx", listener).close();
    assertThat(heard).as("phases of the build").hasSizeGreaterThan(3);
    Path engine = kept(".engine").get(0);
    FileTime built = FileTime.fromMillis(1_000_000);
    byte[] bytes = Files.readAllBytes(engine);
    Files.setLastModifiedTime(engine, built);

    heard.clear();
    open(model("yolox_nano"), "end2end.onnx", listener).close();
    assertThat(heard).as("nothing is built").isEmpty();
    assertThat(kept(".engine")).containsExactly(engine);
    assertThat(Files.readAllBytes(engine)).isEqualTo(bytes);
    assertThat(Files.getLastModifiedTime(engine)).as("used last").isGreaterThan(built);
  }

  @Test
  void shouldRunEveryShapeOfItsProfileWhenTheInputVaries() {
    String profile = "x:1x3x160x160,1x3x320x320,1x3x640x640";
    ModelFiles files = model("ppocr_det");
    AvocetException e =
        TinyNets.failure(
            () ->
                open(files, "end2end.onnx", OpenListener.NONE, "profile", "nosuchinput:1").close());
    assertThat(e).hasMessageContaining("the network has no input \"nosuchinput\"; it has {");
    String input = e.getMessage().replaceAll("(?s).*it has \\{([^=]+)=.*", "$1");
    try (Net net =
            open(
                files,
                "end2end.onnx",
                OpenListener.NONE,
                "profile",
                profile.replace("x:", input + ":"));
        NetSlot slot = net.slot()) {
      for (long extent : new long[] {160, 640, 320, 224}) {
        TinyNets.fill(slot.input(0, Shape.of(1, 3, extent, extent)), 0);
        slot.run();
        assertThat(slot.output(0).shape().dim(-1)).isEqualTo(extent);
      }
    }
  }

  /** At every call in turn, until the build ends before the listener does. */
  @Test
  void shouldLeaveNothingBehindWhenTheListenerGivesUp() throws IOException {
    boolean finished = false;
    for (int most = 1; !finished && most < 2000; most = most < 8 ? most + 1 : most * 2) {
      AtomicInteger left = new AtomicInteger(most);
      OpenListener listener = (phase, done, steps) -> left.decrementAndGet() > 0;
      try {
        open(new MemoryFiles("tiny.onnx", affine()), "tiny.onnx", listener).close();
        finished = true;
      } catch (AvocetException e) {
        assertThat(e.status()).isEqualTo(Status.CANCELLED);
        assertThat(e).hasMessageContaining("was given up");
        assertThat(kept("")).isEmpty();
      }
    }
    assertThat(finished).isTrue();
    try (Net net = tiny()) {
      runs(net);
    }
  }

  @Test
  void shouldThrowWhatTheListenerThrows() {
    IllegalStateException mine = new IllegalStateException("listener");
    AtomicInteger calls = new AtomicInteger();
    try {
      open(
              new MemoryFiles("tiny.onnx", affine()),
              "tiny.onnx",
              (phase, done, steps) -> {
                if (calls.incrementAndGet() == 4) {
                  throw mine;
                }
                return true;
              })
          .close();
    } catch (IllegalStateException e) {
      assertThat(e).isSameAs(mine);
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void shouldBuildAgainWhenWhatIsKeptIsDamagedOrForAnotherPlace() throws IOException {
    tiny().close();
    Path engine = kept(".engine").get(0);
    byte[] bytes = Files.readAllBytes(engine);
    bytes[bytes.length / 2] ^= 1;
    Files.write(engine, bytes);
    try (Net net = tiny()) {
      runs(net);
    }
    assertThat(Files.readAllBytes(engine)).isNotEqualTo(bytes);

    Path other =
        engine.resolveSibling(
            engine.getFileName().toString().replaceFirst("_.*", "_10.3.0_sm_53_Nano.engine"));
    Files.move(engine, other);
    try (Net net = tiny()) {
      runs(net);
    }
    assertThat(kept(".engine")).containsExactlyInAnyOrder(engine, other);
  }

  @Test
  void shouldKeepMeasuredTimesForTheNextEngine() throws IOException {
    tiny().close();
    Path times = kept(".cache").get(0);
    FileTime first = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(times, first);
    tiny("precision", "tf32").close();

    assertThat(kept(".cache")).containsExactly(times);
    assertThat(Files.getLastModifiedTime(times)).isGreaterThan(first);
    Files.write(times, new byte[100]);
    tiny("precision", "fp16").close();
    assertThat(Files.size(times)).as("made anew").isNotEqualTo(100);

    Path named = folder.resolve("named");
    tiny("cache_dir", "none", "timing_cache", named.toString()).close();
    assertThat(named).isNotEmptyFile();
  }

  @Test
  void shouldOpenAnEngineFileAndRefuseADamagedOne() throws IOException {
    tiny().close();
    byte[] kept = Files.readAllBytes(kept(".engine").get(0));
    int begin = ByteBuffer.wrap(kept).getInt(DIGEST_AND_MAGIC);
    byte[] plan = Arrays.copyOfRange(kept, 32 + begin, kept.length);
    for (String name : List.of("a.engine", "a.plan")) {
      try (Net net = open(new MemoryFiles(name, plan), name, OpenListener.NONE)) {
        runs(net);
      }
    }
    plan[0] ^= (byte) 0xff;
    Files.write(folder.resolve("b.engine"), plan);
    AvocetException alone = refusal("b.engine");
    Files.write(folder.resolve("b.onnx"), affine());
    AvocetException beside = refusal("b.engine");

    assertThat(alone.status()).isIn(Status.FAIL, Status.NOT_SUPPORTED);
    assertThat(alone).hasMessageContaining("b.engine").hasMessageContaining("TensorRT");
    assertThat(beside).hasMessageContaining("open b.onnx instead");
  }

  private AvocetException refusal(String file) {
    return TinyNets.failure(
        () -> open(ModelFiles.directory(folder), file, OpenListener.NONE).close());
  }

  @Test
  void shouldNameTheNodeWhenThereIsNoSuchOperator() {
    byte[] onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 1, 4)
            .node("NoSuchOperator_TRT", new String[] {"x"}, "y")
            .output("y", TinyOnnx.FLOAT, 1, 4)
            .build();
    AvocetException e =
        TinyNets.failure(
            () -> open(new MemoryFiles("n.onnx", onnx), "n.onnx", OpenListener.NONE).close());

    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("n.onnx").hasMessageContaining("NoSuchOperator_TRT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "tf32", "fp16", "best", "typed"})
  void shouldBuildInEveryPrecisionThatNeedsNoNodes(String precision) {
    try (Net net = tiny("precision", precision)) {
      runs(net);
    }
  }

  @Test
  void shouldCalibrateWithTensorsAndThenWithTheTable() throws IOException {
    Path tensors = Files.createDirectories(folder.resolve("tensors"));
    for (int file = 0; file < 8; file++) {
      float[] values = new float[66];
      for (int i = 0; i < values.length; i++) {
        values[i] = i + file;
      }
      Files.write(tensors.resolve(file + ".npy"), NpyFileTest.floats("2, 33", values));
    }
    tiny("precision", "int8", "calibration", tensors.toString()).close();
    Path table = kept(".calibration").get(0);
    assertThat(Files.readString(table)).startsWith("TRT-").contains("x: ");

    tiny("precision", "int8", "calibration", table.toString()).close();
    assertThat(kept(".calibration")).containsExactly(table);
    AvocetException e = TinyNets.failure(() -> tiny("precision", "int8").close());
    assertThat(e).hasMessageContaining("calibration=FOLDER");
  }
}
