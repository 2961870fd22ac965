package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoHAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;

/** A stream: what is put into it runs in order, beside other streams. In an entered context. */
final class CudaStream implements AutoCloseable {
  final CUstream_st handle = new CUstream_st();

  CudaStream() {
    Cuda.check(cuStreamCreate(handle, CU_STREAM_NON_BLOCKING), "making a stream");
  }

  /** Copies to the GPU; {@code from} is pinned, else this waits for the copy. */
  void upload(Pointer from, long to, long bytes) {
    Cuda.check(cuMemcpyHtoDAsync(to, from, bytes, handle), "copying to the GPU");
  }

  /** Copies from the GPU; {@code to} is pinned, else this waits for the copy. */
  void download(long from, Pointer to, long bytes) {
    Cuda.check(cuMemcpyDtoHAsync(to, from, bytes, handle), "copying from the GPU");
  }

  /** Waits for everything in it; throws FAIL where any of it failed. */
  void synchronize() {
    Cuda.check(cuStreamSynchronize(handle), "running on the GPU");
  }

  /** Frees it at once; what is still in it runs to its end. */
  @Override
  public void close() {
    if (!handle.isNull()) {
      int result = cuStreamDestroy(handle);
      handle.setNull();
      Cuda.checkFreed(result, "freeing a stream");
    }
  }
}
