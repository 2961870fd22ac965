package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuStreamAddCallback;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.cuda.cudart.CUstreamCallback;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the driver say that what a stream held has ended. JavaCPP has only a few native functions to
 * call Java by, so all streams share one, which is told by a number what to do.
 *
 * <p>By {@code cuStreamAddCallback}, not the newer {@code cuLaunchHostFunc}: only the former is
 * called after an error as well, says the driver's documentation, and whoever waits has to hear of
 * the end in any case.
 */
final class CudaCallback {
  private static final Logger LOG = LoggerFactory.getLogger(CudaCallback.class);
  private static final Map<Long, Runnable> PENDING = new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();
  private static final Shared SHARED = new Shared();

  private static final class Shared extends CUstreamCallback {
    @Override
    public void call(CUstream_st stream, int status, Pointer data) {
      Runnable action = PENDING.remove(data.address());
      try {
        action.run();
      } catch (RuntimeException e) {
        // Above this there is only the driver's thread, which an exception would end the process
        // on.
        LOG.error("what was to be done at the end of a run failed", e);
      }
    }
  }

  private CudaCallback() {}

  /**
   * Does something once, when everything that is in a stream now has ended or failed; in a thread
   * of the driver, where CUDA must not be called. In an entered context.
   *
   * @throws dev.avocet.core.AvocetException FAIL where it will not be done
   */
  static void atEnd(CudaStream stream, Runnable action) {
    long id = LAST.incrementAndGet();
    PENDING.put(id, action);
    try (CudaAddress data = new CudaAddress()) {
      int result = cuStreamAddCallback(stream.handle, SHARED, data.at(id), 0);
      if (result != CUDA_SUCCESS) {
        PENDING.remove(id);
      }
      Cuda.check(result, "asking for the end of a run");
    }
  }

  /** How many are still to come, of all streams. */
  static int pending() {
    return PENDING.size();
  }
}
