package org.bytedeco.openvino;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.MemberGetter;
import org.bytedeco.javacpp.annotation.Properties;

/** A release. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_version_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_version_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_version_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** Number of the build, which begins with the release. */
  @MemberGetter
  public native @Cast("const char*") BytePointer buildNumber();
}
