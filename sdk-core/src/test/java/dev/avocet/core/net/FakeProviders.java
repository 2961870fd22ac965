package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import java.util.List;
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

    @Override
    public int preference(String deviceName) {
      return deviceName.equals("gpu") ? 1 : 0;
    }

    /** Stumbles over a driver. */
    @Override
    public List<NetDevice> devices() {
      throw new AvocetException(Status.FAIL, "the driver does not answer");
    }
  }

  /** Made for accelerators, and for several of them at once. */
  public static final class Swift extends Fake {
    public Swift() {
      super("swift", Set.of("cpu", "gpu", "vpu", "AUTO:gpu,cpu"), "net");
    }

    @Override
    public int preference(String deviceName) {
      return deviceName.equals("cpu") ? 0 : 2;
    }

    @Override
    public List<NetDevice> devices() {
      return List.of(
          new NetDevice("cpu", "Some processor", List.of("FP32")),
          new NetDevice("gpu.1", "Some card", List.of()));
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

    @Override
    public int preference(String deviceName) {
      return 9;
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
