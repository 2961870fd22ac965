package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static org.bytedeco.cuda.global.cudart.cuGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphExecDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cuGraphLaunch;
import static org.bytedeco.cuda.global.cudart.cuStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamEndCapture;

import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;

/**
 * What was put into a stream call by call, to be put there again in one. The addresses are part of
 * it. In an entered context; one thread at a time.
 */
final class CudaGraph implements AutoCloseable {
  private final CUgraphExec_st handle = new CUgraphExec_st();

  private CudaGraph(CUgraph_st recorded) {
    Cuda.check(cuGraphInstantiate(handle, recorded, 0), "making a graph");
  }

  /**
   * Records what is put into a stream, which does not run.
   *
   * @throws dev.avocet.core.AvocetException what {@code calls} throws, else FAIL where something of
   *     it cannot be recorded; the stream goes on as before
   */
  static CudaGraph record(CudaStream stream, Runnable calls) {
    Cuda.check(
        cuStreamBeginCapture(stream.handle, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        "beginning a graph");
    CUgraph_st recorded = new CUgraph_st();
    try {
      int result;
      try {
        calls.run();
      } finally {
        result = cuStreamEndCapture(stream.handle, recorded);
      }
      Cuda.check(result, "recording a graph");
      return new CudaGraph(recorded);
    } finally {
      if (!recorded.isNull()) {
        Cuda.checkFreed(cuGraphDestroy(recorded), "freeing a graph");
      }
    }
  }

  /** Puts all of it into a stream. */
  void launch(CudaStream stream) {
    Cuda.check(cuGraphLaunch(handle, stream.handle), "launching a graph");
  }

  @Override
  public void close() {
    if (!handle.isNull()) {
      int result = cuGraphExecDestroy(handle);
      handle.setNull();
      Cuda.checkFreed(result, "freeing a graph");
    }
  }
}
