package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.global.nvinfer.CalibrationAlgoType;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IInt8Calibrator;
import org.bytedeco.tensorrt.nvinfer.IOutputAllocator;
import org.bytedeco.tensorrt.nvinfer.IProfiler;
import org.bytedeco.tensorrt.nvinfer.IProgressMonitor;
import org.bytedeco.tensorrt.nvinfer.IVersionedInterface;
import org.bytedeco.tensorrt.nvinfer.InterfaceInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Our objects called as TensorRT calls them: by code that NVIDIA's own headers were compiled into,
 * that of the published binding.
 */
@SuppressWarnings("deprecation") // what NVIDIA advises against is called by TensorRT all the same
class TrtCallbackTest {
  private static final class Recorder extends TrtProgress {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private RuntimeException thrown;
    private boolean goOn = true;

    @Override
    void begin(String phase, String parent, int steps) {
      heard.add("%s in \"%s\" of %d".formatted(phase, parent, steps));
      fail();
    }

    @Override
    boolean step(String phase, int step) {
      heard.add(phase + " " + step);
      fail();
      return goOn;
    }

    @Override
    void end(String phase) {
      heard.add(phase + " ends");
      fail();
    }

    private void fail() {
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  private int openBefore;

  @BeforeAll
  static void load() {
    StandIns.load();
  }

  @BeforeEach
  void count() {
    openBefore = TrtCallback.open();
  }

  @AfterEach
  void shouldLeaveNothingOpen() {
    assertThat(TrtCallback.open()).isEqualTo(openBefore);
  }

  private static String interfaceOf(IVersionedInterface object) {
    try (InterfaceInfo info = object.getInterfaceInfo()) {
      return "%s %d.%d".formatted(info.kind(), info.major(), info.minor());
    }
  }

  @Test
  void shouldHearOfProgressWhenPhasesBeginStepAndEnd() {
    try (Recorder progress = new Recorder()) {
      IProgressMonitor monitor = progress.monitor();
      assertThat(interfaceOf(monitor)).isEqualTo("IProgressMonitor 1.0");
      assertThat(monitor.getAPILanguage().intern())
          .isEqualTo(org.bytedeco.tensorrt.global.nvinfer.APILanguage.kCPP);
      monitor.phaseStart("Building", (String) null, 5);
      monitor.phaseStart("Tactics ä", "Building", Integer.MAX_VALUE);
      assertThat(monitor.stepComplete("Tactics", 3)).isTrue();
      progress.goOn = false;
      assertThat(monitor.stepComplete("Tactics", 4)).isFalse();
      monitor.phaseFinish("Building");
      assertThat(progress.heard)
          .containsExactly(
              "Building in \"\" of 5",
              "Tactics ä in \"Building\" of 2147483647",
              "Tactics 3",
              "Tactics 4",
              "Building ends");
    }
  }

  @Test
  void shouldKeepTheFirstExceptionAndGiveUpWhenOneIsThrown() {
    try (Recorder progress = new Recorder()) {
      progress.thrown = new IllegalStateException("first");
      assertThat(progress.monitor().stepComplete("a", 0)).isFalse();
      progress.thrown = new IllegalStateException("second");
      progress.monitor().phaseStart("b", "", 1);
      progress.monitor().phaseFinish("b");
      assertThat(progress.thrown()).get().hasToString("java.lang.IllegalStateException: first");
      assertThatThrownBy(progress::rethrow).isInstanceOf(IllegalStateException.class);
      assertThatCode(progress::rethrow).doesNotThrowAnyException();
    }
  }

  @Test
  void shouldRethrowErrorsAsTheyAre() {
    TrtProfiler profiler =
        new TrtProfiler() {
          @Override
          void layer(String name, float ms) {
            throw new StackOverflowError(name);
          }
        };
    try (profiler) {
      profiler.profiler().reportLayerTime("conv1", 0.5f);
      assertThatThrownBy(profiler::rethrow)
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("conv1");
    }
  }

  @Test
  void shouldHearOfLayersWhenTimesAreReported() {
    List<String> heard = new ArrayList<>();
    TrtProfiler profiler =
        new TrtProfiler() {
          @Override
          void layer(String name, float ms) {
            heard.add(name + "=" + ms);
          }
        };
    try (profiler) {
      IProfiler seen = profiler.profiler();
      seen.reportLayerTime("conv1 + relu", 1.25f);
      seen.reportLayerTime("", Float.MIN_VALUE);
      assertThat(heard).containsExactly("conv1 + relu=1.25", "=1.4E-45");
    }
  }

  /** Gives what it is told to. */
  private static final class Room extends TrtAllocator {
    private final List<String> heard = new ArrayList<>();
    private long answer;

    @Override
    long reallocate(String name, long current, long size, long alignment) {
      heard.add("%s %x %d %d".formatted(name, current, size, alignment));
      if (answer < 0) {
        throw new IllegalStateException("no room");
      }
      return answer;
    }

    @Override
    void shape(String name, long[] extents) {
      StringBuilder text = new StringBuilder(name);
      for (long extent : extents) {
        text.append(' ').append(extent);
      }
      heard.add(text.toString());
    }
  }

  /** An address as JavaCPP has it. */
  private static final class Address extends Pointer {
    Address(long value) {
      address = value;
    }
  }

  @Test
  void shouldGiveRoomWhenAnOutputNeedsIt() {
    try (Room room = new Room();
        CUstream_st stream = new CUstream_st()) {
      IOutputAllocator allocator = room.allocator();
      assertThat(interfaceOf(allocator)).isEqualTo("IOutputAllocator 1.0");
      room.answer = 0x7f0012345600L;
      Pointer given = allocator.reallocateOutput("dets", new Address(0x7f00L), 5L << 32, 256);
      assertThat(given.address()).isEqualTo(0x7f0012345600L);
      given = allocator.reallocateOutputAsync("dets", null, 16, 1, stream);
      assertThat(given.address()).isEqualTo(0x7f0012345600L);
      room.answer = 0;
      assertThat(allocator.reallocateOutput("dets", null, 1, 1)).isNull();
      room.answer = -1;
      assertThat(allocator.reallocateOutputAsync("dets", null, 2, 1, stream)).isNull();
      assertThat(room.thrown()).get().hasToString("java.lang.IllegalStateException: no room");
      assertThat(room.heard)
          .containsExactly("dets 7f00 21474836480 256", "dets 0 16 1", "dets 0 1 1", "dets 0 2 1");
    }
  }

  @Test
  void shouldHearOfExtentsWhenTheyAreKnown() {
    try (Room room = new Room();
        Dims64 dims = new Dims64()) {
      long[] extents = {1, 100, 5, 1L << 40, 0, 6, 7, 8};
      for (int rank : new int[] {0, 3, 8}) {
        dims.nbDims(rank);
        for (int i = 0; i < extents.length; i++) {
          dims.d(i, extents[i]);
        }
        room.allocator().notifyShape("dets", dims);
      }
      dims.nbDims(-1);
      room.allocator().notifyShape("bad", dims);
      dims.nbDims(1 << 30);
      room.allocator().notifyShape("worse", dims);
      assertThat(room.heard)
          .containsExactly(
              "dets",
              "dets 1 100 5",
              "dets 1 100 5 1099511627776 0 6 7 8",
              "bad",
              "worse 1 100 5 1099511627776 0 6 7 8");
    }
  }

  /** Gives two batches, and what it is told to. */
  private static final class Batches extends TrtCalibrator {
    private int left = 2;
    private List<String> asked = List.of();
    private Optional<byte[]> before = Optional.empty();
    private byte[] kept = {};
    private int addresses = 2;

    Batches() {
      super(4);
    }

    @Override
    Optional<long[]> batch(List<String> inputs) {
      asked = inputs;
      long[] where = {0x1000L * left, 0x7f0000000000L + left};
      return left-- > 0 ? Optional.of(java.util.Arrays.copyOf(where, addresses)) : Optional.empty();
    }

    @Override
    Optional<byte[]> recall() {
      return before;
    }

    @Override
    void keep(byte[] found) {
      kept = found;
    }
  }

  @Test
  void shouldGiveBatchesUntilThereAreNoneWhenCalibrating() {
    try (Batches batches = new Batches();
        PointerPointer<Pointer> bindings = new PointerPointer<>(2);
        BytePointer first = new BytePointer("input");
        BytePointer second = new BytePointer("mask");
        PointerPointer<BytePointer> names = new PointerPointer<>(first, second)) {
      IInt8Calibrator calibrator = batches.calibrator();
      assertThat(interfaceOf(batches.calibrator())).isEqualTo("IInt8EntropyCalibrator2 1.0");
      assertThat(calibrator.getBatchSize()).isEqualTo(4);
      assertThat(batches.calibrator().getAlgorithm().intern())
          .isEqualTo(CalibrationAlgoType.kENTROPY_CALIBRATION_2);
      assertThat(calibrator.getBatch(bindings, names, 2)).isTrue();
      assertThat(batches.asked).containsExactly("input", "mask");
      assertThat(bindings.get(0).address()).isEqualTo(0x2000L);
      assertThat(bindings.get(1).address()).isEqualTo(0x7f0000000002L);
      assertThat(calibrator.getBatch(bindings, names, 2)).isTrue();
      assertThat(calibrator.getBatch(bindings, names, 2)).isFalse();
      batches.left = 1;
      batches.addresses = 1;
      assertThat(calibrator.getBatch(bindings, names, 2)).isFalse();
      assertThatThrownBy(batches::rethrow).hasMessage("1 addresses for the inputs [input, mask]");
    }
  }

  @Test
  void shouldRecallAndKeepWhatWasFoundWhenCalibrating() {
    byte[] table =
        "TRT-101501-EntropyCalibration2\ninput: 3c010a14\n".getBytes(StandardCharsets.UTF_8);
    try (Batches batches = new Batches();
        LongPointer length = new LongPointer(1).put(77);
        BytePointer found = new BytePointer(table)) {
      IInt8Calibrator calibrator = batches.calibrator();
      assertThat(calibrator.readCalibrationCache(length)).isNull();
      assertThat(length.get()).isZero();
      for (int i = 0; i < 3; i++) {
        batches.before = Optional.of(table);
        Pointer read = calibrator.readCalibrationCache(length);
        byte[] bytes = new byte[(int) length.get()];
        new BytePointer(read).get(bytes);
        assertThat(bytes).isEqualTo(table);
      }
      calibrator.writeCalibrationCache(found, table.length);
      assertThat(batches.kept).isEqualTo(table);
      calibrator.writeCalibrationCache(found, 0);
      assertThat(batches.kept).isEmpty();
      calibrator.writeCalibrationCache(found, 1L << 40);
      assertThat(batches.thrown()).get().isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void shouldAnswerEveryThreadWhenManyCall() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    TrtProgress progress =
        new TrtProgress() {
          @Override
          void begin(String phase, String parent, int count) {}

          @Override
          boolean step(String phase, int step) {
            steps.incrementAndGet();
            return step % 2 == 0;
          }

          @Override
          void end(String phase) {}
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (progress) {
      Callable<Integer> caller =
          () -> {
            int yes = 0;
            for (int i = 0; i < 2000; i++) {
              yes += progress.monitor().stepComplete("phase", i) ? 1 : 0;
            }
            return yes;
          };
      for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(8, caller))) {
        assertThat(answer.get()).isEqualTo(1000);
      }
      assertThat(steps).hasValue(16_000);
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldFreeWhatItMadeWhenClosedOftenAndTwice() {
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 100_000; i++) {
      Room room = new Room();
      assertThat(room.allocator().isNull()).isFalse();
      room.close();
      room.close();
    }
    // An object has 48 bytes at least, so 100,000 of them would be 5 MB.
    assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
    assertThat(TrtCallback.open()).isEqualTo(openBefore);
  }
}
