package dev.avocet.net.tensorrt;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;

/**
 * An object of C++ that TensorRT calls and that calls Java. What is thrown there does not reach
 * C++, where it would end the process: it is kept for {@link #rethrow}, and TensorRT hears of a
 * failure. TensorRT may call from any thread, from several at once, until it has let go of the
 * object; {@link #close} comes after that.
 */
abstract class TrtCallback implements AutoCloseable {
  private static final Map<Long, TrtCallback> ALL = new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();

  private final long id = LAST.incrementAndGet();
  private final Pointer object;
  private final Consumer<Pointer> free;
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();

  /**
   * Makes the object.
   *
   * @param make gives the address of an object that says this number in its calls
   * @param free frees it
   */
  TrtCallback(Function<Long, Pointer> make, Consumer<Pointer> free) {
    object = make.apply(id);
    this.free = free;
    ALL.put(id, this);
  }

  /** The object's address. */
  final Pointer object() {
    return object;
  }

  /**
   * Asks the object of a number, for C++.
   *
   * @param failed the answer where the object is closed or throws
   */
  static <T extends TrtCallback, R> R ask(
      Class<T> type, long id, R failed, Function<T, R> question) {
    TrtCallback callback = ALL.get(id);
    if (callback == null) {
      return failed;
    }
    try {
      return question.apply(type.cast(callback));
    } catch (Throwable e) { // Whatever it is: nothing may reach C++, and rethrow has it.
      callback.thrown.compareAndSet(null, e);
      return failed;
    }
  }

  /** Tells the object of a number. */
  static <T extends TrtCallback> void tell(Class<T> type, long id, Consumer<T> message) {
    ask(
        type,
        id,
        Boolean.FALSE,
        callback -> {
          message.accept(callback);
          return Boolean.TRUE;
        });
  }

  /** What was thrown first since the last call of {@link #rethrow}. */
  final Optional<Throwable> thrown() {
    return Optional.ofNullable(thrown.get());
  }

  /** Throws what was thrown first in a call since the last call of this. */
  final void rethrow() {
    Throwable first = thrown.getAndSet(null);
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Frees the object; later calls do nothing. */
  @Override
  public void close() {
    if (ALL.remove(id) != null) {
      free.accept(object);
      object.setNull();
    }
  }

  /** Objects that are not closed. */
  static int open() {
    return ALL.size();
  }
}
