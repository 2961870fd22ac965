package org.bytedeco.openvino;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.MemberGetter;
import org.bytedeco.javacpp.annotation.Properties;

/** Names of devices. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_available_devices_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_available_devices_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_available_devices_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** The names. */
  @MemberGetter
  public native @Cast("char**") PointerPointer<BytePointer> devices();

  /** How many there are. */
  @MemberGetter
  public native @Cast("size_t") long size();
}
