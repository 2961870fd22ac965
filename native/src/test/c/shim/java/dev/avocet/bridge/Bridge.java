package dev.avocet.bridge;

import java.lang.reflect.Field;
import sun.misc.Unsafe;

/** A bridge of another release: all that it answers is which. */
public final class Bridge {
  private Bridge() {}

  public static int create(int type, long source, long options, long handle, long error) {
    return 6;
  }

  public static int apply(int type, long handle, long input, long results, long error) {
    return 6;
  }

  public static int release(int type, long results, long error) {
    return 0;
  }

  public static int destroy(int type, long handle, long error) {
    return 6;
  }

  public static int ask(int question, long subject, long argument, long answer, long error)
      throws ReflectiveOperationException {
    Field field = Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Unsafe unsafe = (Unsafe) field.get(null);
    byte[] text = "9.9.9\0".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    long at = unsafe.allocateMemory(text.length);
    for (int i = 0; i < text.length; i++) {
      unsafe.putByte(at + i, text[i]);
    }
    unsafe.putLong(answer, at);
    return 0;
  }
}
