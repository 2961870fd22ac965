package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.net.tensorrt.HostDriver.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@HostCuda
class CudaContextTest {
  @Test
  void shouldDescribeTheDevice() {
    CudaDevice device = CudaDevice.at(0);
    assertThat(device)
        .isEqualTo(
            new CudaDevice(0, "host-only driver", 8, 7, 1L << 30, false, true, device.driver()));
    assertThat(device.architecture()).isEqualTo("sm_87");
    HostDriver.integrated(true);
    assertThat(CudaDevice.at(0).integrated()).isTrue();
  }

  @Test
  void shouldSayHowManyThereAreWhenTheNumberIsTooLarge() {
    assertThatThrownBy(() -> CudaDevice.at(1))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED))
        .hasMessageContaining("device=cuda:1: the driver shows 1 GPU;");
  }

  @Test
  void shouldLeaveWhatWasEntered() {
    try (CudaContext one = new CudaContext(CudaDevice.at(0));
        CudaContext other = new CudaContext(CudaDevice.at(0))) {
      assertThat(HostDriver.live(Kind.RETAINED)).isEqualTo(2);
      one.enter();
      other.enter();
      assertThat(HostDriver.live(Kind.DEPTH)).isEqualTo(2);
      other.leave();
      assertThat(HostDriver.live(Kind.DEPTH)).isOne();
      one.leave();
      assertThat(HostDriver.live(Kind.DEPTH)).isZero();
      assertThatThrownBy(one::leave).hasMessageContaining("leaving the context of GPU 0");
    }
  }

  @Test
  void shouldBeCurrentForTheThreadThatEnteredOnly() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(
            () -> {
              int before = HostDriver.live(Kind.DEPTH);
              context.enter();
              try (CudaStream stream = new CudaStream()) {
                stream.synchronize();
              } finally {
                context.leave();
              }
              return before + HostDriver.live(Kind.DEPTH);
            });
      }
      for (Future<Integer> depth : threads.invokeAll(calls)) {
        assertThat(depth.get()).isZero();
      }
      context.leave();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldCloseOnce() {
    CudaContext context = new CudaContext(CudaDevice.at(0));
    context.close();
    context.close();
    assertThat(HostDriver.live(Kind.RETAINED)).isZero();
  }
}
