package org.bytedeco.openvino;

import org.bytedeco.javacpp.FunctionPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Properties;

/** A function that is called when a run has ended. */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_callback_t extends Pointer {
  static {
    Loader.load();
  }

  /** Allocates one; its members hold whatever was there. */
  public ov_callback_t() {
    super((Pointer) null);
    allocate();
  }

  /** The same address as another type. */
  public ov_callback_t(Pointer p) {
    super(p);
  }

  private native void allocate();

  /** The function; called from a thread of OpenVINO. */
  @SuppressWarnings("TypeNameCasing") // as above
  public static class Callback_func_Pointer extends FunctionPointer {
    static {
      Loader.load();
    }

    /** The same address as another type. */
    public Callback_func_Pointer(Pointer p) {
      super(p);
    }

    /** For a subclass that overrides {@link #call}. */
    protected Callback_func_Pointer() {
      allocate();
    }

    private native void allocate();

    /** What is done. */
    public native void call(Pointer args);
  }

  /** The function. */
  public native Callback_func_Pointer callback_func();

  /** Sets the function, which has to live as long as the request. */
  public native ov_callback_t callback_func(Callback_func_Pointer setter);

  /** What the function is given. */
  public native Pointer args();

  /** Sets what the function is given. */
  public native ov_callback_t args(Pointer setter);
}
