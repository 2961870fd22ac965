package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.INoCopy;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

/**
 * Frees what TensorRT's functions have made. The published binding cannot: its objects free only
 * what it has made itself. All have a virtual destructor, whose place in their table of virtual
 * functions (Itanium C++ ABI) the headers give, the same from 10.3 to 10.16.
 */
final class TrtObjects {
  /** INoCopy, of which all of TensorRT's own objects are, has nothing but a destructor. */
  private static final int OF_OBJECTS = 1;

  /** IParser has eight functions before it. */
  private static final int OF_PARSERS = 9;

  private TrtObjects() {}

  /** Frees an object; null and one that is freed already are passed over. */
  static void free(INoCopy object) {
    delete(object, OF_OBJECTS);
  }

  /** As {@link #free(INoCopy)}. */
  static void free(IParser parser) {
    delete(parser, OF_PARSERS);
  }

  private static void delete(Pointer object, int destructor) {
    if (object != null && !object.isNull()) {
      TrtGlue.avocet_delete(object, destructor);
      object.setNull();
    }
  }
}
