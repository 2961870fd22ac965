package dev.avocet.net.tensorrt;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.IProgressMonitor;

/**
 * Hears how far TensorRT is with building an engine. Its methods are called from any thread, from
 * several at once.
 */
abstract class TrtProgress extends TrtCallback {
  private static final TrtGlue.Begin BEGIN =
      new TrtGlue.Begin() {
        @Override
        public void call(long id, BytePointer phase, BytePointer parent, int steps) {
          tell(TrtProgress.class, id, it -> it.begin(text(phase), text(parent), steps));
        }
      };
  private static final TrtGlue.Step STEP =
      new TrtGlue.Step() {
        @Override
        public boolean call(long id, BytePointer phase, int step) {
          return ask(TrtProgress.class, id, false, it -> it.step(text(phase), step));
        }
      };
  private static final TrtGlue.End END =
      new TrtGlue.End() {
        @Override
        public void call(long id, BytePointer phase) {
          tell(TrtProgress.class, id, it -> it.end(text(phase)));
        }
      };

  private final IProgressMonitor monitor;

  TrtProgress() {
    super(id -> TrtGlue.avocet_progress(id, BEGIN, STEP, END), TrtGlue::avocet_free_versioned);
    monitor = new IProgressMonitor(object());
  }

  /** This, for TensorRT. */
  final IProgressMonitor monitor() {
    return monitor;
  }

  /**
   * A phase begins.
   *
   * @param parent the phase that it is a step of, or empty
   */
  abstract void begin(String phase, String parent, int steps);

  /** A step is done, counted from 0; false gives up, as does an exception. */
  abstract boolean step(String phase, int step);

  /** A phase has ended. */
  abstract void end(String phase);

  /** Text of C++, empty for none. */
  static String text(BytePointer words) {
    return words == null || words.isNull() ? "" : words.getString(StandardCharsets.UTF_8);
  }
}
