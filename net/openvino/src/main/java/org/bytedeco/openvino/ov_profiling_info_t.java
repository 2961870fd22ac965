package org.bytedeco.openvino;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.MemberGetter;
import org.bytedeco.javacpp.annotation.Properties;

/** What one layer took. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_profiling_info_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_profiling_info_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_profiling_info_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** 0 not run, 1 optimised away, 2 run. */
  @MemberGetter
  public native @Cast("int") int status();

  /** Microseconds. */
  @MemberGetter
  public native @Cast("int64_t") long real_time();

  /** The layer. */
  @MemberGetter
  public native @Cast("const char*") BytePointer node_name();

  /** The kernel that ran it. */
  @MemberGetter
  public native @Cast("const char*") BytePointer exec_type();

  /** Its type. */
  @MemberGetter
  public native @Cast("const char*") BytePointer node_type();

  @Override
  @SuppressWarnings("unchecked") // as in every class that JavaCPP generates
  public ov_profiling_info_t getPointer(long i) {
    return new ov_profiling_info_t((Pointer) this).offsetAddress(i);
  }
}
