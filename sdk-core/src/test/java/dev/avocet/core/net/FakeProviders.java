package dev.avocet.core.net;

import dev.avocet.core.Device;
import dev.avocet.core.model.ModelFiles;
import java.util.Optional;
import java.util.Set;

/** Engines that the test's class path has, in META-INF/services. */
public final class FakeProviders {
  private FakeProviders() {}

  /** What the fakes have in common. */
  abstract static class Fake implements NetProvider {
    private final String name;
    private final Set<String> devices;
    private final String ending;

    Fake(String name, Set<String> devices, String ending) {
      this.name = name;
      this.devices = devices;
      this.ending = ending;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String version() {
      return "0.1";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public boolean runsOn(String deviceName) {
      return devices.contains(deviceName);
    }

    @Override
    public boolean reads(String fileName) {
      return fileName.endsWith(ending);
    }

    @Override
    public Net open(
        ModelFiles files, String file, String weights, Device device, NetOptions options) {
      files.read(file);
      return new FakeNet();
    }
  }

  /** Runs on the processor. */
  public static final class Alpha extends Fake {
    public Alpha() {
      super("alpha", Set.of("cpu"), ".net");
    }
  }

  /** Runs on a GPU too. */
  public static final class Beta extends Fake {
    public Beta() {
      super("beta", Set.of("cpu", "gpu"), "net");
    }
  }

  /** Misses a library. */
  public static final class Broken extends Fake {
    public Broken() {
      super("broken", Set.of("cpu", "npu"), ".net");
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.of("libbroken.so is missing, install broken-runtime");
    }
  }

  /** Misses a class. */
  public static final class Unloadable extends Fake {
    public Unloadable() {
      super("unloadable", Set.of("cpu"), ".net");
      throw new NoClassDefFoundError("org/example/Missing");
    }
  }
}
