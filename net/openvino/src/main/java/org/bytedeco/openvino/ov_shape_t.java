package org.bytedeco.openvino;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Properties;

/** Extents of a tensor. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_shape_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_shape_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_shape_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** Number of extents. */
  public native @Cast("int64_t") long rank();

  /** Sets the number of extents. */
  public native ov_shape_t rank(long setter);

  /** The extents. */
  public native @Cast("int64_t*") LongPointer dims();

  /** Sets the extents, which are not copied. */
  public native ov_shape_t dims(LongPointer setter);
}
