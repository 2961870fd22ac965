package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engines that are there and the devices they find: avocet_devices_t.
 *
 * @param entries a device each, or an engine that cannot be used
 */
record DeviceList(List<Entry> entries) implements Result {
  /** A device, or why there is none. */
  private record Entry(NetProvider engine, NetDevice device, Optional<String> unavailable) {}

  private static final NetDevice NONE = new NetDevice("", "", List.of());

  /** What is there now. */
  static DeviceList installed() {
    List<Entry> entries = new ArrayList<>();
    for (NetProvider engine : Engines.installed()) {
      Optional<String> unavailable = engine.unavailable();
      try {
        if (unavailable.isEmpty()) {
          engine.devices().forEach(d -> entries.add(new Entry(engine, d, Optional.empty())));
        }
      } catch (AvocetException e) {
        unavailable = Optional.of(e.getMessage());
      }
      if (unavailable.isPresent()) {
        entries.add(new Entry(engine, NONE, unavailable));
      }
    }
    return new DeviceList(entries);
  }

  @Override
  public void write(Out out) {
    int at = out.items(out.structs(1, Layouts.Items.BYTES), entries.size(), Layouts.Device.BYTES);
    for (Entry entry : entries) {
      String name = entry.device.name();
      out.text(at + Layouts.Device.NAME, name.isEmpty() ? name : entry.engine.name() + ":" + name);
      out.text(at + Layouts.Device.ENGINE, entry.engine.name());
      out.text(at + Layouts.Device.ENGINE_VERSION, entry.engine.version());
      out.text(at + Layouts.Device.FULL_NAME, entry.device.fullName());
      out.text(at + Layouts.Device.UNAVAILABLE, entry.unavailable);
      at += Layouts.Device.BYTES;
    }
  }
}
