package dev.avocet.core.internal;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.CapturedLog;
import dev.avocet.core.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MemoryTest {

  @Property(tries = 200)
  void shouldAlignAndCountEveryBlock(@ForAll @IntRange(max = 100_000) int bytes) {
    long before = Memory.liveBytes();
    try (Memory memory = Memory.allocate(bytes)) {
      assertThat(memory.address() % Memory.ALIGNMENT).isZero();
      assertThat(memory.bytes()).isEqualTo(bytes);
      assertThat(Memory.liveBytes()).isEqualTo(before + bytes);
      ByteBuffer view = Memory.view(memory.address(), bytes);
      assertThat(view.capacity()).isEqualTo(bytes);
      assertThat(view.order()).isEqualTo(ByteOrder.nativeOrder());
      for (int i = 0; i < bytes; i++) {
        view.put(i, (byte) i);
      }
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @Test
  void shouldFreeOnceWhenClosedTwice() {
    long before = Memory.liveBytes();
    Memory memory = Memory.allocate(1000);
    assertThat(memory.isClosed()).isFalse();
    memory.close();
    memory.close();
    assertThat(memory.isClosed()).isTrue();
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @Test
  void shouldFreeOnceWhenClosedByEightThreads() throws Exception {
    long before = Memory.liveBytes();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        Memory memory = Memory.allocate(4096);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> closing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          closing.add(
              threads.submit(
                  () -> {
                    start.await();
                    memory.close();
                    return null;
                  }));
        }
        start.countDown();
        for (Future<?> one : closing) {
          one.get();
        }
        assertThat(Memory.liveBytes()).isEqualTo(before);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldFreeAndReportWhenForgotten() throws InterruptedException {
    long before = Memory.liveBytes();
    try (CapturedLog log = new CapturedLog()) {
      forget(123_457);
      assertThat(Memory.liveBytes()).isEqualTo(before + 123_457);
      for (int i = 0; i < 100 && Memory.liveBytes() != before; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(Memory.liveBytes()).isEqualTo(before);
      // The line is written just after the count goes down.
      for (int i = 0; i < 100 && log.text().isEmpty(); i++) {
        Thread.sleep(20);
      }
      assertThat(log.text()).contains("WARN").contains("123457 bytes").contains("never closed");
    }
  }

  private static void forget(int bytes) {
    assertThat(Memory.allocate(bytes).isClosed()).isFalse();
  }

  @Test
  void shouldNotReportWhenClosed() throws InterruptedException {
    try (CapturedLog log = new CapturedLog()) {
      Memory.allocate(10).close();
      System.gc();
      Thread.sleep(50);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void shouldRefuseSizesThatNoMemoryHas() {
    long before = Memory.liveBytes();
    assertFails(Status.OUT_OF_RANGE, () -> Memory.allocate(-1)).contains("bytes=-1");
    assertFails(Status.OUT_OF_RANGE, () -> Memory.allocate(Long.MAX_VALUE)).contains("bytes=");
    assertFails(Status.OUT_OF_MEMORY, () -> Memory.allocate(Long.MAX_VALUE / 2))
        .contains("bytes=4611686018427387903");
    assertFails(Status.OUT_OF_RANGE, () -> Memory.view(64, 1L << 31)).contains("bytes=2147483648");
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @Test
  void shouldGiveTheAddressOfThePositionOfAnyDirectBuffer() {
    try (Memory memory = Memory.allocate(256)) {
      ByteBuffer all = Memory.view(memory.address(), 256);
      assertThat(Memory.address(all)).isEqualTo(memory.address());
      assertThat(Memory.address(all.position(5))).isEqualTo(memory.address() + 5);
      assertThat(Memory.address(all.slice())).isEqualTo(memory.address() + 5);
      assertThat(Memory.address(all.slice().position(7))).isEqualTo(memory.address() + 12);
      assertThat(Memory.address(all.slice(9, 20).position(20))).isEqualTo(memory.address() + 29);
      assertThat(Memory.address(all.duplicate().limit(6))).isEqualTo(memory.address() + 5);
      assertThat(Memory.address(all.asReadOnlyBuffer())).isEqualTo(memory.address() + 5);
      assertThat(Memory.address(all.position(256))).isEqualTo(memory.address() + 256);
    }
  }

  @Property(tries = 200)
  void shouldFindEveryByteOfAJavaBuffer(
      @ForAll @IntRange(max = 300) int start, @ForAll @IntRange(max = 300) int position) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    buffer.put(start + position, (byte) 77);
    ByteBuffer part = buffer.slice(start, 600).position(position);
    assertThat(Memory.view(Memory.address(part), 1).get(0)).isEqualTo((byte) 77);
  }

  @Test
  void shouldRefuseBuffersOnTheHeap() {
    assertFails(Status.INVALID_ARG, () -> Memory.address(ByteBuffer.allocate(4)))
        .contains("use a direct ByteBuffer");
  }
}
