package dev.avocet.net.onnxruntime;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.OrtValue;

/**
 * JavaCPP objects whose address can be set, so that one object serves for ever instead of one a
 * call. They own nothing.
 */
final class OrtRefs {
  private OrtRefs() {}

  static final class Value extends OrtValue {
    void at(long newAddress) {
      address = newAddress;
    }
  }

  static final class TypeAndShape extends OrtTensorTypeAndShapeInfo {
    void clear() {
      address = 0;
    }
  }

  static final class Bytes extends Pointer {
    Bytes at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  static final class Addresses extends LongPointer {
    Addresses() {
      super((Pointer) null);
    }

    void at(long newAddress) {
      address = newAddress;
    }
  }
}
