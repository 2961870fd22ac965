package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.DataType;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.preprocess.internal.PlainExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** Passes inside of a network, which hands on what it gets, beside their definition. */
class OvPassTest {
  /** Steps of the 8-bit scale: those of sampling, and of converting YUV before it. */
  private static final float SAMPLED = 1;

  private static final float CONVERTED = 2;

  private static final List<PixelFormat> COLOURS =
      List.of(
          PixelFormat.BGR,
          PixelFormat.RGB,
          PixelFormat.BGRA,
          PixelFormat.RGBA,
          PixelFormat.NV12,
          PixelFormat.I420);

  private static final List<PixelFormat> GREYS =
      List.of(PixelFormat.GRAY8, PixelFormat.NV12, PixelFormat.NV21, PixelFormat.I420);

  @BeforeTry
  void needOpenVino() {
    Optional<String> reason = new OvProvider().unavailable();
    assumeTrue(reason.isEmpty(), () -> "needs OpenVINO: " + reason.get());
  }

  @Property(tries = 120)
  void shouldMakeThePixelsOfTheDefinition(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    boolean grey = random.nextInt(5) == 0;
    PixelFormat stored = pick(random, grey ? GREYS : COLOURS);
    int width = size(random, stored);
    int height = size(random, stored);
    AffinePass pass = pass(random, stored, width, height, grey);
    try (Image image = noise(random, stored, width, height);
        Net net = echo(pass.layout(), pass.channels(), pass.height(), pass.width());
        NetSlot slot = net.slot()) {
      assertThat(net.pictureObjection(0, pass, image)).isEmpty();
      check(slot, pass, image);
      // Another window, of the same network.
      Rect whole = pass.source();
      check(slot, pass.movedBy(-whole.x(), -whole.y()), image);
    }
  }

  private static void check(NetSlot slot, AffinePass pass, Image image) {
    try (PlainExecutor plain = new PlainExecutor();
        Tensor wanted = Tensor.allocate(DataType.FLOAT32, pass.shape(1))) {
      plain.execute(pass, image, wanted, 0);
      assertThat(slot.pictures(0, List.of(pass), List.of(image))).isTrue();
      slot.run();
      Tensor found = slot.output(0);
      boolean yuv = image.format().subsampled() && pass.colour() != PixelFormat.GRAY8;
      float tolerance = yuv ? CONVERTED : SAMPLED;
      assertThat(found.shape()).isEqualTo(wanted.shape());
      for (int i = 0; i < wanted.shape().elements(); i++) {
        float a = found.floats().get(i);
        float b = wanted.floats().get(i);
        float step = pass.scale()[channel(pass, i)];
        if (!(Math.abs(a - b) <= tolerance * step + 1e-3f)) {
          fail(
              "%s of %s: element %d is %s, expected %s, one step is %s",
              pass, image, i, a, b, step);
        }
      }
    }
  }

  private static int channel(AffinePass pass, int element) {
    return pass.layout() == Layout.NHWC
        ? element % pass.channels()
        : element / (pass.width() * pass.height());
  }

  private static AffinePass pass(
      Random random, PixelFormat stored, int width, int height, boolean grey) {
    int even = stored.subsampled() && !grey ? ~1 : ~0;
    int x = random.nextInt(width) & even;
    int y = random.nextInt(height) & even;
    int w = Math.max(-even, 1 + random.nextInt(width - x) & even);
    int h = Math.max(-even, 1 + random.nextInt(height - y) & even);
    boolean samples = random.nextInt(4) > 0;
    int toWidth = samples ? 1 + random.nextInt(90) : w;
    int toHeight = samples ? 1 + random.nextInt(90) : h;
    Rect kept =
        random.nextBoolean()
            ? new Rect(0, 0, toWidth, toHeight)
            : new Rect(toWidth / 4, toHeight / 3, toWidth - toWidth / 3, toHeight - toHeight / 2);
    boolean pads = OvPad.avocet_can_pad() && random.nextBoolean();
    int left = pads ? random.nextInt(9) : 0;
    int top = pads ? random.nextInt(9) : 0;
    int n = grey ? 1 : 3;
    float[] mean = new float[n];
    float[] scale = new float[n];
    float[] pad = new float[n];
    boolean normalises = random.nextBoolean();
    boolean before = random.nextBoolean();
    for (int c = 0; c < n; c++) {
      mean[c] = normalises ? 255 * random.nextFloat() : 0;
      scale[c] = normalises ? 0.004f + random.nextFloat() / 10 : 1;
      pad[c] = before ? (114 - mean[c]) * scale[c] : 0;
    }
    int[] order = grey ? new int[] {0} : new int[][] {{0, 1, 2}, {2, 1, 0}}[random.nextInt(2)];
    return new AffinePass(
        new Rect(x, y, w, h),
        grey ? PixelFormat.GRAY8 : pick(random, List.of(PixelFormat.BGR, PixelFormat.RGB)),
        toWidth,
        toHeight,
        Interpolation.BILINEAR,
        kept,
        left,
        top,
        left + kept.width() + (pads ? random.nextInt(9) : 0),
        top + kept.height() + (pads ? random.nextInt(9) : 0),
        PadMode.CONSTANT,
        pad,
        order,
        mean,
        scale,
        pick(random, List.of(Layout.values())),
        DataType.FLOAT32);
  }

  @Example
  void shouldSayWhatItCannotTake() throws IOException {
    AffinePass pass = plainPass(Interpolation.BILINEAR, PadMode.CONSTANT, 0);
    AffinePass nearest = plainPass(Interpolation.NEAREST, PadMode.CONSTANT, 0);
    AffinePass edge = plainPass(Interpolation.BILINEAR, PadMode.EDGE, 0);
    AffinePass colourful = plainPass(Interpolation.BILINEAR, PadMode.CONSTANT, 1);
    try (Image image = Image.allocate(PixelFormat.BGR, 16, 16);
        Image packed = Image.allocate(PixelFormat.YUYV, 16, 16);
        Image video = Image.allocate(PixelFormat.NV12, 16, 16);
        Net net = echo(Layout.NCHW, 3, 12, 10);
        NetSlot slot = net.slot()) {
      objects(slot, net, nearest, image, "OpenVINO samples otherwise");
      assertThat(slot.pictures(0, List.of(pass, pass), List.of(image, image))).isFalse();
      objects(slot, net, pass, packed, "OpenVINO does not convert this format");
      objects(slot, net, pass, image.rotated(Rotation.HALF), "the picture is turned");
      objects(slot, net, pass.movedBy(1, 0), video, "the window has odd edges");
      if (OvPad.avocet_can_pad()) {
        objects(slot, net, edge, image, "padding is not constant");
        objects(slot, net, colourful, image, "channels are padded with different values");
      } else {
        objects(slot, net, pass, image, "this release of OpenVINO does not pad");
      }
    }
    try (Image image = Image.allocate(PixelFormat.BGR, 16, 16);
        Net other = echo(Layout.NCHW, 3, 12, 11);
        NetSlot slot = other.slot()) {
      objects(slot, other, pass, image, "the input is no float picture of this size");
    }
  }

  private static void objects(
      NetSlot slot, Net net, AffinePass pass, Image image, String objection) {
    assertThat(net.pictureObjection(0, pass, image)).hasValue(objection);
    assertThat(slot.pictures(0, List.of(pass), List.of(image))).isFalse();
  }

  /** 8x8 pixels sampled at 10x10, in 10x12. */
  private static AffinePass plainPass(Interpolation interpolation, PadMode mode, float padding) {
    return new AffinePass(
        new Rect(0, 0, 8, 8),
        PixelFormat.BGR,
        10,
        10,
        interpolation,
        new Rect(0, 0, 10, 10),
        0,
        0,
        10,
        12,
        mode,
        new float[] {0, padding, 0},
        new int[] {0, 1, 2},
        new float[3],
        new float[] {1, 2, 1},
        Layout.NCHW,
        DataType.FLOAT32);
  }

  @Example
  void shouldTakeTensorsAgainAfterAPicture() throws IOException {
    AffinePass pass =
        new AffinePass(
            new Rect(0, 0, 4, 4),
            PixelFormat.BGR,
            4,
            4,
            Interpolation.BILINEAR,
            new Rect(0, 0, 4, 4),
            0,
            0,
            4,
            4,
            PadMode.CONSTANT,
            new float[3],
            new int[] {0, 1, 2},
            new float[3],
            new float[] {1, 1, 1},
            Layout.NHWC,
            DataType.FLOAT32);
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) 7);
    try (Image image = Image.copyOf(bytes, PixelFormat.BGR, 4, 4);
        Net net = echo(Layout.NHWC, 3, 4, 4);
        NetSlot slot = net.slot()) {
      assertThat(net.prefersPictures()).isFalse();
      Tensor tensor = slot.input(0, Shape.of(1, 4, 4, 3));
      tensor.floats().put(0, 3);
      slot.run();
      assertThat(slot.output(0).floats().get(0)).isEqualTo(3);
      assertThat(slot.pictures(0, List.of(pass), List.of(image))).isTrue();
      slot.run();
      assertThat(slot.output(0).floats().get(0)).isEqualTo(7);
      slot.start(() -> {});
      slot.finish();
      assertThat(slot.output(0).floats().get(47)).isEqualTo(7);
      assertThat(slot.input(0, Shape.of(1, 4, 4, 3))).isSameAs(tensor);
      slot.run();
      assertThat(slot.output(0).floats().get(0)).isEqualTo(3);
    }
  }

  @Example
  void shouldServeMoreGeometriesThanItKeeps() throws IOException {
    try (Image image = noise(new Random(4), PixelFormat.BGR, 64, 48);
        Net net = echo(Layout.NCHW, 3, 20, 30);
        NetSlot slot = net.slot();
        NetSlot other = net.slot()) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 7; i++) {
          AffinePass pass = sampled(new Rect(i, 2 * i, 50 - i, 30 - i));
          check(slot, pass, image);
          check(other, pass, image);
        }
      }
    }
  }

  private static AffinePass sampled(Rect window) {
    return new AffinePass(
        window,
        PixelFormat.RGB,
        30,
        20,
        Interpolation.BILINEAR,
        new Rect(0, 0, 30, 20),
        0,
        0,
        30,
        20,
        PadMode.CONSTANT,
        new float[3],
        new int[] {0, 1, 2},
        new float[3],
        new float[] {1, 1, 1},
        Layout.NCHW,
        DataType.FLOAT32);
  }

  /** A network that answers what it is given; its batch may vary. */
  private static Net echo(Layout layout, int channels, int height, int width) throws IOException {
    int[] dims =
        layout == Layout.NCHW
            ? new int[] {-1, channels, height, width}
            : new int[] {-1, height, width, channels};
    String port =
        Arrays.stream(dims).mapToObj("<dim>%d</dim>"::formatted).collect(Collectors.joining());
    String shape = Arrays.toString(dims).replaceAll("[\\[\\] ]", "");
    String network =
        """
        <?xml version="1.0"?><net name="echo" version="11"><layers>
        <layer id="0" name="x" type="Parameter" version="opset1"><data shape="%s" element_type="f32"/>
        <output><port id="0" precision="FP32" names="x">%s</port></output></layer>
        <layer id="1" name="y" type="Clamp" version="opset1"><data min="-1e9" max="1e9"/>
        <input><port id="0" precision="FP32">%2$s</port></input>
        <output><port id="1" precision="FP32" names="y">%2$s</port></output></layer>
        <layer id="2" name="z" type="Result" version="opset1">
        <input><port id="0" precision="FP32">%2$s</port></input></layer>
        </layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>
        <edge from-layer="1" from-port="1" to-layer="2" to-port="0"/></edges></net>
        """
            .formatted(shape.replace("-1", "?"), port);
    Path folder = Files.createTempDirectory("echo");
    try {
      Files.writeString(folder.resolve("echo.xml"), network);
      Files.write(folder.resolve("echo.bin"), new byte[0]);
      return new OvProvider()
          .open(
              ModelFiles.directory(folder),
              "echo.xml",
              "",
              Device.parse("openvino:CPU"),
              new NetOptions(1, Map.of()));
    } finally {
      folder.toFile().deleteOnExit();
      folder.resolve("echo.xml").toFile().deleteOnExit();
      folder.resolve("echo.bin").toFile().deleteOnExit();
    }
  }

  private static int size(Random random, PixelFormat format) {
    int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 4 : 100);
    return format.subsampled() ? (size + 1) & ~1 : size;
  }

  private static Image noise(Random random, PixelFormat format, int width, int height) {
    Image image = Image.allocate(format, width, height);
    int base = random.nextInt(256);
    boolean smooth = random.nextBoolean();
    for (int p = 0; p < format.planes(); p++) {
      ByteBuffer plane = image.plane(p);
      for (int i = 0; i < plane.capacity(); i++) {
        plane.put(i, (byte) (smooth ? base + i / 3 + random.nextInt(3) : random.nextInt(256)));
      }
    }
    return image;
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
