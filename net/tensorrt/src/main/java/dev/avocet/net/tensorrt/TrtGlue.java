package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FunctionPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;

/**
 * The native side of {@link TrtProgress}, {@link TrtAllocator}, {@link TrtProfiler} and {@link
 * TrtCalibrator}: objects that TensorRT calls, for which its published binding has none. What they
 * do is in {@code avocet_tensorrt.h}. Each function of Java's that they call is told by a number
 * whose it is, for JavaCPP has a few native functions of each kind only.
 */
@Properties(
    value =
        @Platform(
            value = "linux",
            compiler = "cpp11",
            include = "avocet_tensorrt.h",
            link = "dl",
            library = "jniavocettensorrt"))
final class TrtGlue {
  static {
    Loader.load();
  }

  private TrtGlue() {}

  /** A phase begins; {@code parent} is null for an outermost one. */
  static class Begin extends FunctionPointer {
    static {
      Loader.load();
    }

    Begin() {
      allocate();
    }

    private native void allocate();

    public native void call(
        long id,
        @Cast("const char*") BytePointer phase,
        @Cast("const char*") BytePointer parent,
        int steps);
  }

  /** A step is done; false gives up. */
  static class Step extends FunctionPointer {
    static {
      Loader.load();
    }

    Step() {
      allocate();
    }

    private native void allocate();

    public native @Cast("bool") boolean call(
        long id, @Cast("const char*") BytePointer phase, int step);
  }

  /** A phase ends. */
  static class End extends FunctionPointer {
    static {
      Loader.load();
    }

    End() {
      allocate();
    }

    private native void allocate();

    public native void call(long id, @Cast("const char*") BytePointer phase);
  }

  /** An output needs so many bytes; the address, or 0. */
  static class Grow extends FunctionPointer {
    static {
      Loader.load();
    }

    Grow() {
      allocate();
    }

    private native void allocate();

    public native long call(
        long id, @Cast("const char*") BytePointer name, long current, long size, long alignment);
  }

  /** The extents of an output are known; eight places, of which the first {@code rank} count. */
  static class Shape extends FunctionPointer {
    static {
      Loader.load();
    }

    Shape() {
      allocate();
    }

    private native void allocate();

    public native void call(
        long id,
        @Cast("const char*") BytePointer name,
        @Cast("const avocet_long*") LongPointer extents,
        int rank);
  }

  /** A layer took so long. */
  static class Layer extends FunctionPointer {
    static {
      Loader.load();
    }

    Layer() {
      allocate();
    }

    private native void allocate();

    public native void call(long id, @Cast("const char*") BytePointer name, float ms);
  }

  /** Where the next batch lies, one address an input; false where there is none. */
  static class Batch extends FunctionPointer {
    static {
      Loader.load();
    }

    Batch() {
      allocate();
    }

    private native void allocate();

    public native @Cast("bool") boolean call(
        long id,
        @Cast("avocet_long*") LongPointer addresses,
        @Cast("const char**") PointerPointer<BytePointer> names,
        int count);
  }

  /** What an earlier calibration found, or null. */
  static class Recall extends FunctionPointer {
    static {
      Loader.load();
    }

    Recall() {
      allocate();
    }

    private native void allocate();

    public native @Const Pointer call(long id, @Cast("avocet_long*") LongPointer length);
  }

  /** What this calibration found. */
  static class Keep extends FunctionPointer {
    static {
      Loader.load();
    }

    Keep() {
      allocate();
    }

    private native void allocate();

    public native void call(long id, @Const Pointer data, long length);
  }

  static native Pointer avocet_progress(long id, Begin begin, Step step, End end);

  static native Pointer avocet_allocator(long id, Grow grow, Shape shape);

  static native Pointer avocet_profiler(long id, Layer layer);

  static native Pointer avocet_calibrator(long id, int size, Batch batch, Recall recall, Keep keep);

  /** Calls the destructor at this place of an object's table of virtual functions. */
  static native void avocet_delete(Pointer object, int destructor);

  static native void avocet_free_versioned(Pointer object);

  static native void avocet_free_profiler(Pointer object);

  /** Loads a library of plugins; where that fails, {@code reason} is why, ending with a zero. */
  static native @Cast("bool") boolean avocet_load_plugins(
      String path, @Cast("char*") byte[] reason, int size);

  /** Whether a library that is loaded lists its plugins instead of registering them by itself. */
  static native @Cast("bool") boolean avocet_lists_plugins(String path);
}
