package dev.avocet.bridge;

import dev.avocet.HandleBuilder;
import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Model;
import java.nio.file.Path;

/**
 * What a handle is made from: avocet_source_t, read when asked. Borrowed for one call.
 *
 * @param address of the struct
 * @param options address of an avocet_options_t, or 0
 * @param handles where parents are looked up
 */
record Source(long address, long options, Handles handles) {
  long pointer(int field) {
    return CMemory.int64(address + field);
  }

  /** Whether a field is not NULL. */
  boolean has(int field) {
    return pointer(field) != 0;
  }

  Path path(int field, String name) {
    return CMemory.path(name, pointer(field));
  }

  /** An open model that a field names. */
  Model model(int field) {
    return model(pointer(field));
  }

  /** An open model by its handle. */
  Model model(long handle) {
    return handles.get(handle, Types.MODEL, Model.class);
  }

  /** Gives a handle the options and opens it. */
  <H> H open(HandleBuilder<H> builder) {
    return HandleSettings.apply(options, builder).open();
  }

  /** Refuses options where they have no meaning. */
  void refuseOptions() {
    if (options != 0) {
      throw AvocetException.invalidArgument("options: this has none, give NULL");
    }
  }
}
