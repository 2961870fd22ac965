package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tensorrt.nvinfer.IOutputAllocator;

/**
 * Gives room to outputs whose extents only the data decide. Its methods are called by the thread
 * that enqueues, or by one of TensorRT's.
 */
abstract class TrtAllocator extends TrtCallback {
  /** Most extents that TensorRT knows, {@code Dims::MAX_DIMS}. */
  private static final int MAX_RANK = 8;

  private static final TrtGlue.Grow GROW =
      new TrtGlue.Grow() {
        @Override
        public long call(long id, BytePointer name, long current, long size, long alignment) {
          return ask(
              TrtAllocator.class,
              id,
              0L,
              it -> it.reallocate(TrtProgress.text(name), current, size, alignment));
        }
      };
  private static final TrtGlue.Shape SHAPE =
      new TrtGlue.Shape() {
        @Override
        public void call(long id, BytePointer name, LongPointer extents, int rank) {
          tell(
              TrtAllocator.class,
              id,
              it -> {
                long[] shape = new long[Math.max(0, Math.min(MAX_RANK, rank))];
                extents.get(shape);
                it.shape(TrtProgress.text(name), shape);
              });
        }
      };

  private final IOutputAllocator allocator;

  TrtAllocator() {
    super(id -> TrtGlue.avocet_allocator(id, GROW, SHAPE), TrtGlue::avocet_free_versioned);
    allocator = new IOutputAllocator(object());
  }

  /** This, for TensorRT. */
  final IOutputAllocator allocator() {
    return allocator;
  }

  /**
   * An output needs room.
   *
   * @param current address that it has, or 0
   * @param size bytes
   * @param alignment bytes, a power of two
   * @return an address of the GPU's memory, {@code current} where that is large enough; 0, as an
   *     exception does, ends the run with a failure
   */
  abstract long reallocate(String name, long current, long size, long alignment);

  /** The extents of an output are known; none for a scalar. */
  abstract void shape(String name, long[] extents);
}
