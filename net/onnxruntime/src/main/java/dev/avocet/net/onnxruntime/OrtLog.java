package dev.avocet.net.onnxruntime;

import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_ERROR;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_FATAL;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_WARNING;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtLoggingFunction;
import org.slf4j.Logger;

/**
 * Hands ONNX Runtime's log to SLF4J, a level or more lower: its errors come back as exceptions as
 * well, and its warnings are about unused weights and the like.
 */
final class OrtLog extends OrtLoggingFunction {
  private final Logger target;

  OrtLog(Logger target) {
    super();
    this.target = target;
  }

  @Override
  public void call(
      Pointer parameter,
      int severity,
      BytePointer category,
      BytePointer id,
      BytePointer location,
      BytePointer message) {
    try {
      OrtFailure words = OrtFailure.of(0, message.getString());
      if (severity >= ORT_LOGGING_LEVEL_FATAL) {
        target.error("{}", words.text());
      } else if (severity == ORT_LOGGING_LEVEL_ERROR) {
        target.warn("{}", words.text());
      } else if (severity == ORT_LOGGING_LEVEL_WARNING) {
        target.debug("{}", words.text());
      } else {
        target.trace("{}", words.text());
      }
    } catch (RuntimeException e) {
      // The application's logger failed; there is nobody left to tell.
    }
  }
}
