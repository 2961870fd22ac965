package dev.avocet.bridge;

import dev.avocet.core.Image;
import java.util.List;

/**
 * What a call works on: avocet_input_t, read when asked. Borrowed for the call.
 *
 * @param address of the struct
 * @param handles where handles in it are looked up
 */
record Input(long address, Handles handles) {
  /** More pictures than any one call can be meant to have. */
  static final int MAX_COUNT = 1 << 16;

  private static final String IMAGES = "images";

  /** Pictures, videos or frames. */
  int count() {
    return Arg.range("count", CMemory.int32(address + Layouts.Input.COUNT), 1, MAX_COUNT);
  }

  /** The pictures. */
  List<Image> images() {
    return images(count());
  }

  /** As many pictures as other fields say. */
  List<Image> images(int count) {
    return Images.read(IMAGES, pointer(Layouts.Input.IMAGES), count);
  }

  /** Options of the call. */
  CallFields options() {
    return new CallFields(pointer(Layouts.Input.OPTIONS));
  }

  long pointer(int field) {
    return CMemory.int64(address + field);
  }

  /** A pointer that must not be NULL. */
  long pointer(int field, String name) {
    return CMemory.need(name, pointer(field));
  }
}
