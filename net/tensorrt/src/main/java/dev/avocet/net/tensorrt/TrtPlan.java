package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.Pointer;

/**
 * A serialised engine in memory. Owns it.
 *
 * @param data where it begins
 * @param size bytes
 * @param free gives the memory back
 */
record TrtPlan(Pointer data, long size, Runnable free) implements AutoCloseable {
  @Override
  public void close() {
    free.run();
  }
}
