package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CU_EVENT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_DISABLE_TIMING;
import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventElapsedTime;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;

import org.bytedeco.cuda.cudart.CUevent_st;

/** A place in a stream that can be waited for. In an entered context; one thread at a time. */
final class CudaEvent implements AutoCloseable {
  private final CUevent_st handle = new CUevent_st();

  /**
   * One that has not been recorded.
   *
   * @param timed whether it keeps when it happened, for {@link #millisSince}
   */
  CudaEvent(boolean timed) {
    Cuda.check(
        cuEventCreate(handle, timed ? CU_EVENT_DEFAULT : CU_EVENT_DISABLE_TIMING),
        "making an event");
  }

  /** Stands behind everything that is in the stream now. */
  void record(CudaStream stream) {
    Cuda.check(cuEventRecord(handle, stream.handle), "recording an event");
  }

  /** Waits until it has happened; throws FAIL where what came before it failed. */
  void synchronize() {
    Cuda.check(cuEventSynchronize(handle), "running on the GPU");
  }

  /** Milliseconds of the GPU between two timed events that have happened. */
  float millisSince(CudaEvent earlier) {
    float[] millis = new float[1];
    Cuda.check(cuEventElapsedTime(millis, earlier.handle, handle), "reading an event's time");
    return millis[0];
  }

  @Override
  public void close() {
    if (!handle.isNull()) {
      int result = cuEventDestroy(handle);
      handle.setNull();
      Cuda.checkFreed(result, "freeing an event");
    }
  }
}
