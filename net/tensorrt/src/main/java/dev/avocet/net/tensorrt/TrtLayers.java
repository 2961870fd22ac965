package dev.avocet.net.tensorrt;

import dev.avocet.core.net.LayerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What each layer took in the last run. TensorRT names layers by what it has fused into them. */
final class TrtLayers extends TrtProfiler {
  private final List<LayerTime> times = new ArrayList<>();

  @Override
  void layer(String name, float ms) {
    times.add(new LayerTime(name, "", "", Duration.ofNanos(Math.round(ms * 1e6))));
  }

  /** Before a run. */
  void clear() {
    times.clear();
  }

  /** In the order in which they ran. */
  List<LayerTime> times() {
    return List.copyOf(times);
  }
}
