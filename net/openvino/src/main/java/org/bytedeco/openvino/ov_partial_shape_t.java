package org.bytedeco.openvino;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.ByRef;
import org.bytedeco.javacpp.annotation.MemberGetter;
import org.bytedeco.javacpp.annotation.Properties;

/** Extents of a tensor that may vary. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_partial_shape_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_partial_shape_t() {
    super((Pointer) null);
    allocate();
  }

  /** Allocates several, one behind the other. */
  public ov_partial_shape_t(long size) {
    super((Pointer) null);
    allocateArray(size);
  }

  /** The same address as another type. */
  public ov_partial_shape_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  private native void allocateArray(long size);

  @Override
  @SuppressWarnings("unchecked") // as in every class that JavaCPP generates
  public ov_partial_shape_t position(long position) {
    return super.position(position);
  }

  /** Number of extents; it varies where its least is not its largest. */
  @MemberGetter
  public native @ByRef ov_dimension_t rank();

  /** The extents. */
  @MemberGetter
  public native ov_dimension_t dims();
}
