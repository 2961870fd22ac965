package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.IProfiler;

/** Hears how long each layer took. Its method is called by the thread that runs a network. */
abstract class TrtProfiler extends TrtCallback {
  private static final TrtGlue.Layer LAYER =
      new TrtGlue.Layer() {
        @Override
        public void call(long id, BytePointer name, float ms) {
          tell(TrtProfiler.class, id, it -> it.layer(TrtProgress.text(name), ms));
        }
      };

  private final IProfiler profiler;

  TrtProfiler() {
    super(id -> TrtGlue.avocet_profiler(id, LAYER), TrtGlue::avocet_free_profiler);
    profiler = new IProfiler(object());
  }

  /** This, for TensorRT. */
  final IProfiler profiler() {
    return profiler;
  }

  /** A layer took so many milliseconds. */
  abstract void layer(String name, float ms);
}
