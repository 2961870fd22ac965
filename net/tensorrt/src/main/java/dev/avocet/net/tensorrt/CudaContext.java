package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;

import org.bytedeco.cuda.cudart.CUctx_st;

/**
 * A GPU's primary context, which everybody in the process shares who uses the GPU. The thread that
 * calls CUDA or TensorRT has {@link #enter}ed; nothing else may be current then. Thread safe.
 */
final class CudaContext implements AutoCloseable {
  /** What {@link #leave} takes off; one a thread, so that a run makes no object. */
  private static final ThreadLocal<CUctx_st> LEFT = ThreadLocal.withInitial(CUctx_st::new);

  final CudaDevice device;
  private final CUctx_st context = new CUctx_st();
  private final String entered;
  private final String left;
  private boolean closed;

  /**
   * Retains the context of a GPU.
   *
   * @throws dev.avocet.core.AvocetException OUT_OF_MEMORY or FAIL
   */
  CudaContext(CudaDevice device) {
    this.device = device;
    this.entered = "entering the context of GPU " + device.index();
    this.left = "leaving the context of GPU " + device.index();
    Cuda.check(
        cuDevicePrimaryCtxRetain(context, CudaDevice.handle(device.index())),
        "opening GPU " + device.index());
  }

  /** Makes it current for this thread until {@link #leave}. */
  void enter() {
    Cuda.check(cuCtxPushCurrent(context), entered);
  }

  /** Makes current again what was before {@link #enter}. */
  void leave() {
    Cuda.checkFreed(cuCtxPopCurrent(LEFT.get()), left);
  }

  /** Lets go of the context; later calls do nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Cuda.checkFreed(
          cuDevicePrimaryCtxRelease(CudaDevice.handle(device.index())),
          "closing GPU " + device.index());
      context.close();
    }
  }
}
