package dev.avocet.net.tensorrt;

import dev.avocet.core.net.NetOptions;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.PublishedGoldenContract;
import java.util.HashMap;
import java.util.Map;

@NeedsGpu
class TrtPublishedGoldenGpuTest extends PublishedGoldenContract {
  TrtPublishedGoldenGpuTest() {
    // Sums in another order: 1e-6 of a logit of 6000.
    super(new TrtProvider(), OnGpu.GPU, 1e-3f, 1e-2f);
  }

  @Override
  protected NetOptions options(String file) {
    Map<String, String> options =
        new HashMap<>(Map.of("cache_dir", "none", "timing_cache", "none"));
    if (file.startsWith("super_resolution")) {
      // It leaves its batch open.
      options.put("profile", "input:1x1x224x224");
    }
    return new NetOptions(0, options);
  }
}
