package dev.avocet.net.openvino;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openvino.ov_callback_t;

/**
 * Where OpenVINO says that a slot's run has ended. JavaCPP has only a few native functions to call
 * Java by, so all slots share one, which is told the slot by a number.
 */
final class OvCallback implements AutoCloseable {
  private static final Map<Long, OvCallback> ALL = new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();
  private static final Shared SHARED = new Shared();

  private static final class Shared extends ov_callback_t.Callback_func_Pointer {
    @Override
    public void call(Pointer args) {
      OvCallback callback = ALL.get(args.address());
      if (callback != null) {
        callback.ended.run();
      }
    }
  }

  /** A number as JavaCPP's address. */
  private static final class Id extends Pointer {
    Id(long id) {
      address = id;
    }
  }

  private final Id id = new Id(LAST.incrementAndGet());
  private final ov_callback_t struct = new ov_callback_t();
  private volatile Runnable ended;

  OvCallback() {
    struct.callback_func(SHARED).args(id);
    ALL.put(id.address(), this);
  }

  /** What is to be done at the end of the next run. */
  void expect(Runnable action) {
    ended = action;
  }

  ov_callback_t struct() {
    return struct;
  }

  @Override
  public void close() {
    ALL.remove(id.address());
    struct.close();
  }
}
