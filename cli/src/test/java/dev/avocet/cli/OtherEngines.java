package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Engines beside those on the class path, for this thread, until closed. */
final class OtherEngines implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader with;

  /** Registers providers in a folder. */
  OtherEngines(Path folder, List<Class<? extends NetProvider>> providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(NetProvider.class.getName()),
        providers.stream().map(Class::getName).collect(Collectors.joining("\n")));
    with = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(with);
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    with.close();
  }

  /** ONNX Runtime by another name and with other devices, of which only the first works. */
  public static final class Relay implements NetProvider {
    @Override
    public String name() {
      return "relay";
    }

    @Override
    public String version() {
      return "2.0";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public boolean runsOn(String deviceName) {
      return List.of("CPU", "GPU.1", "NPU").contains(deviceName);
    }

    @Override
    public boolean reads(String fileName) {
      return fileName.endsWith(".onnx");
    }

    @Override
    public List<NetDevice> devices() {
      return List.of(
          new NetDevice("CPU", "A processor", List.of("FP32", "INT8")),
          new NetDevice("GPU.1", "A card that went away", List.of()),
          new NetDevice("NPU", "A unit that gets too hot", List.of()));
    }

    @Override
    public Net open(
        ModelFiles files, String file, String weights, Device device, NetOptions options) {
      if (device.name().equals("GPU.1")) {
        throw AvocetException.notSupported("device=relay:GPU.1: there are\n[CPU, NPU]");
      }
      NetProvider real =
          Engines.installed().stream()
              .filter(engine -> engine.name().equals("onnxruntime"))
              .findFirst()
              .orElseThrow();
      Net net = real.open(files, file, weights, Device.CPU, options);
      return device.name().equals("NPU") ? new HotNet(net) : net;
    }
  }

  /** Misses its library. */
  public static final class Rusty implements NetProvider {
    @Override
    public String name() {
      return "rusty";
    }

    @Override
    public String version() {
      return "";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.of("librusty.so is not in /opt/rusty: install rusty");
    }

    @Override
    public boolean runsOn(String deviceName) {
      return true;
    }

    @Override
    public boolean reads(String fileName) {
      return true;
    }

    @Override
    public Net open(
        ModelFiles files, String file, String weights, Device device, NetOptions options) {
      throw new IllegalStateException("nobody opens what cannot be used");
    }
  }

  /** Fails in the third run of each slot. */
  private record HotNet(Net net) implements Net {
    @Override
    public String description() {
      return net.description();
    }

    @Override
    public List<TensorInfo> inputs() {
      return net.inputs();
    }

    @Override
    public List<TensorInfo> outputs() {
      return net.outputs();
    }

    @Override
    public NetSlot slot() {
      return new HotSlot(net.slot());
    }

    @Override
    public void close() {
      net.close();
    }
  }

  private static final class HotSlot implements NetSlot {
    private final NetSlot slot;
    private int runs;

    HotSlot(NetSlot slot) {
      this.slot = slot;
    }

    @Override
    public Tensor input(int index, Shape shape) {
      return slot.input(index, shape);
    }

    @Override
    public void run() {
      if (++runs == 3) {
        throw new AvocetException(Status.FAIL, "the unit is too hot");
      }
      slot.run();
    }

    @Override
    public Tensor output(int index) {
      return slot.output(index);
    }

    @Override
    public void close() {
      slot.close();
    }
  }
}
