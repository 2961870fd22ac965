package org.bytedeco.openvino;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Properties;

/** An extent that may vary. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_dimension_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_dimension_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_dimension_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** The least. */
  public native @Cast("int64_t") long min();

  /** Sets the least. */
  public native ov_dimension_t min(long setter);

  /** The largest, -1 where there is no limit. */
  public native @Cast("int64_t") long max();

  /** Sets the largest. */
  public native ov_dimension_t max(long setter);

  @Override
  @SuppressWarnings("unchecked") // as in every class that JavaCPP generates
  public ov_dimension_t getPointer(long i) {
    return new ov_dimension_t((Pointer) this).offsetAddress(i);
  }
}
