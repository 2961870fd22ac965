package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.TinyNets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a test runs in a JVM of its own, since it is about loading, or since it might crash. */
final class OvChild {
  private OvChild() {}

  public static void main(String[] args) throws IOException {
    String load = System.getProperty("test.load");
    if (load != null) {
      System.load(load);
    }
    OvProvider provider = new OvProvider();
    if (provider.unavailable().isPresent()) {
      System.out.println(provider.unavailable().get());
    } else if (args.length == 0) {
      run(provider);
    } else {
      damage(provider, Path.of(args[0]));
    }
  }

  private static void run(OvProvider provider) {
    try (Net net = TinyNets.open(provider, TinyNets.affine(2));
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2)).floats().put(0, 3).put(1, 4);
      slot.run();
      System.out.println(
          "%s answers %s".formatted(net.description(), slot.output(0).floats().get(1)));
    }
  }

  /** Opens damaged files from memory and disk, and runs what opens. */
  private static void damage(OvProvider provider, Path folder) throws IOException {
    Files.write(folder.resolve("net.bin"), OneNodeIr.weights());
    List<byte[]> onnx = damaged(TinyNets.affine(-1, 64).build());
    onnx.add(new byte[0]);
    onnx.add("this is no network".getBytes(StandardCharsets.UTF_8));
    List<byte[]> xml = damaged(OneNodeIr.xml("Add").getBytes(StandardCharsets.UTF_8));
    int refused = 0;
    for (byte[] bytes : onnx) {
      refused += tryMemory(provider, bytes) ? 0 : 1;
      refused += tryFile(provider, folder, "net.onnx", bytes) ? 0 : 1;
    }
    for (byte[] bytes : xml) {
      refused += tryFile(provider, folder, "net.xml", bytes) ? 0 : 1;
    }
    System.out.println(
        "of %d damaged files %s were refused"
            .formatted(
                2 * onnx.size() + xml.size(),
                refused > onnx.size() + xml.size() / 2 ? "most" : refused));
  }

  private static List<byte[]> damaged(byte[] good) {
    List<byte[]> all = new ArrayList<>();
    for (int length = 0; length < good.length; length += 1 + good.length / 60) {
      all.add(Arrays.copyOf(good, length));
    }
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      all.add(noise);
    }
    for (int i = 0; i < 150; i++) {
      byte[] changed = good.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        changed[random.nextInt(good.length)] = (byte) random.nextInt(256);
      }
      all.add(changed);
    }
    return all;
  }

  private static boolean tryMemory(OvProvider provider, byte[] bytes) {
    return opens(() -> TinyNets.open(provider, bytes, Device.CPU, NetOptions.DEFAULT));
  }

  private static boolean tryFile(OvProvider provider, Path folder, String name, byte[] bytes)
      throws IOException {
    Files.write(folder.resolve(name), bytes);
    return opens(
        () ->
            provider.open(ModelFiles.directory(folder), name, "", Device.CPU, NetOptions.DEFAULT));
  }

  private interface Opening {
    Net open();
  }

  private static boolean opens(Opening opening) {
    try (Net net = opening.open();
        NetSlot slot = net.slot()) {
      List<TensorInfo> inputs = net.inputs();
      for (int i = 0; i < inputs.size(); i++) {
        long[] extents = inputs.get(i).shape().toArray();
        slot.input(i, Shape.of(Arrays.stream(extents).map(n -> n < 0 ? 2 : n).toArray()));
      }
      slot.run();
      return true;
    } catch (AvocetException e) {
      if (e.status() != Status.FAIL && e.status() != Status.NOT_SUPPORTED) {
        System.out.println("unexpected " + e.status() + ": " + e.getMessage());
      }
      return false;
    }
  }
}
