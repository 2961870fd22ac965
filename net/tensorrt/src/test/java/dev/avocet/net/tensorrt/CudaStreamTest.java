package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.net.tensorrt.HostDriver.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@HostCuda
class CudaStreamTest {
  private static final int ILLEGAL_ADDRESS = 700;

  private CudaContext context;
  private CudaStream stream;
  private DeviceBuffer device;
  private PinnedBuffer pinned;
  private BytePointer host;

  @BeforeEach
  void open() {
    context = new CudaContext(CudaDevice.at(0));
    context.enter();
    stream = new CudaStream();
    device = new DeviceBuffer();
    pinned = new PinnedBuffer(false);
    device.reserve(64);
    host = new BytePointer(pinned.reserve(128));
  }

  @AfterEach
  void close() {
    stream.synchronize();
    Closing.all(device, pinned, stream);
    context.leave();
    context.close();
  }

  private void fill(int value) {
    for (int i = 0; i < 64; i++) {
      host.put(i, (byte) value);
      host.put(64L + i, (byte) 0);
    }
  }

  private BytePointer answer() {
    return new BytePointer(host).position(64);
  }

  private void copyThere() {
    stream.upload(host, device.address(), 64);
  }

  private void copyBack() {
    stream.download(device.address(), answer(), 64);
  }

  @Test
  void shouldTellOfTheEndOnceAndAfterEverythingElse() throws Exception {
    List<Byte> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(20);
    for (int i = 1; i <= 20; i++) {
      fill(i);
      copyThere();
      copyBack();
      CudaCallback.atEnd(
          stream,
          () -> {
            seen.add(host.get(64));
            ended.countDown();
          });
      stream.synchronize();
    }
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasSize(20).startsWith((byte) 1, (byte) 2).endsWith((byte) 19, (byte) 20);
    assertThat(CudaCallback.pending()).isZero();
  }

  @Test
  void shouldTellOfTheEndWhenTheRunFails() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    copyThere();
    CudaCallback.atEnd(
        stream,
        () -> {
          calls.incrementAndGet();
          ended.countDown();
        });
    HostDriver.breakStreams(ILLEGAL_ADDRESS);
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(stream::synchronize)
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL))
        .hasMessage(
            "CUDA: running on the GPU failed: CUDA_ERROR_ILLEGAL_ADDRESS, an illegal memory access"
                + " was encountered; the process's context on the GPU is lost, start the process"
                + " again");
    assertThat(calls).hasValue(1);
    HostDriver.breakStreams(0);
  }

  @Test
  void shouldNotTellOfAnEndThatCouldNotBeAskedFor() {
    HostDriver.failCall(1);
    assertThatThrownBy(() -> CudaCallback.atEnd(stream, () -> {}))
        .hasMessageContaining("asking for the end of a run failed");
    assertThat(CudaCallback.pending()).isZero();
  }

  @Test
  void shouldGoOnAfterACallbackThatThrows() {
    CudaCallback.atEnd(
        stream,
        () -> {
          throw new IllegalStateException("of the test");
        });
    stream.synchronize();
    fill(9);
    copyThere();
    copyBack();
    stream.synchronize();
    assertThat(host.get(64)).isEqualTo((byte) 9);
  }

  @Test
  void shouldFreeWithoutAFurtherFailureWhenTheContextIsLost() {
    HostDriver.breakStreams(ILLEGAL_ADDRESS);
    device.close();
    pinned.close();
    stream.close();
    HostDriver.breakStreams(0);
    stream = new CudaStream();
  }

  @Test
  void shouldMeasureTimeBetweenEvents() {
    try (CudaEvent before = new CudaEvent(true);
        CudaEvent after = new CudaEvent(true)) {
      before.record(stream);
      copyThere();
      copyThere();
      after.record(stream);
      after.synchronize();
      // The host-only driver takes 0.2 ms for a copy.
      assertThat(after.millisSince(before)).isBetween(0.3f, 500f);
    }
    assertThat(HostDriver.live(Kind.EVENT)).isZero();
  }

  @Test
  void shouldRunAGraphAsOftenAsItIsLaunched() {
    fill(1);
    try (CudaGraph graph =
        CudaGraph.record(
            stream,
            () -> {
              copyThere();
              copyBack();
            })) {
      stream.synchronize();
      assertThat(host.get(64)).as("recording runs nothing").isZero();
      for (int i = 1; i < 5; i++) {
        fill(i);
        graph.launch(stream);
        stream.synchronize();
        assertThat(host.get(127)).isEqualTo((byte) i);
      }
    }
    assertThat(HostDriver.live(Kind.EXEC) + HostDriver.live(Kind.GRAPH)).isZero();
  }

  @Test
  void shouldGoOnPlainlyWhenSomethingCannotBeRecorded() {
    assertThatThrownBy(() -> CudaGraph.record(stream, stream::synchronize))
        .hasMessageContaining("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
    fill(4);
    copyThere();
    copyBack();
    stream.synchronize();
    assertThat(host.get(64)).isEqualTo((byte) 4);
    assertThat(HostDriver.live(Kind.EXEC) + HostDriver.live(Kind.GRAPH)).isZero();
  }

  @Test
  void shouldLeakNoGraphWhenAnyCallFails() {
    int failures = 0;
    for (int n = 1; ; n++) {
      HostDriver.failCall(n);
      try {
        CudaGraph.record(stream, this::copyThere).close();
        break;
      } catch (AvocetException e) {
        assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY);
        failures++;
      } finally {
        HostDriver.failCall(0);
      }
      assertThat(HostDriver.live(Kind.EXEC) + HostDriver.live(Kind.GRAPH)).isZero();
    }
    // Begin, the copy, end, instantiate.
    assertThat(failures).isEqualTo(4);
  }
}
