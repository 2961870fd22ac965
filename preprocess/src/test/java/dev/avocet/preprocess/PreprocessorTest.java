package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessorTest {
  private static final String YOLOX =
      """
      [{'type':'LoadImageFromFile'},
       {'type':'Resize','size':[416,416],'keep_ratio':true},
       {'type':'mmdet.Pad','size':[416,416],'pad_val':{'img':[114,114,114]}},
       {'type':'Normalize','mean':[0,0,0],'std':[1,1,1],'to_rgb':false},
       {'type':'DefaultFormatBundle'},
       {'type':'Collect','keys':['img'],'meta_keys':['ori_shape']}]
      """;

  private static final String IMAGENET =
      """
      [{'type':'LoadImageFromFile'},
       {'type':'Resize','size':[256,-1],'keep_ratio':true},
       {'type':'CenterCrop','crop_size':224},
       {'type':'Normalize','mean':[123.675,116.28,103.53],'std':[58.395,57.12,57.375]},
       {'type':'ImageToTensor','keys':['img']}]
      """;

  private static final List<Rotation> ROTATIONS = List.of(Rotation.values());

  private static Image picture(PixelFormat format, int width, int height) {
    Image image = Image.allocate(format, width, height);
    Random random = new Random(width * 31L + height);
    for (int p = 0; p < format.planes(); p++) {
      ByteBuffer plane = image.plane(p);
      byte[] noise = new byte[plane.capacity()];
      random.nextBytes(noise);
      plane.put(noise);
    }
    return image;
  }

  private static Preprocessor create(String steps, PlanMode mode) {
    return Preprocessor.create(Steps.of(steps), mode);
  }

  private static byte[] run(Preprocessor preprocessor, Image image) {
    Prepared prepared = preprocessor.plan(image);
    try (Tensor tensor = Tensor.allocate(prepared.type(), prepared.shape())) {
      preprocessor.run(image, tensor, 0);
      byte[] bytes = new byte[(int) tensor.byteSize()];
      tensor.bytes().get(bytes);
      return bytes;
    }
  }

  private static void expect(ThrowingCallable call, Status status, String... words) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(words)
        .asInstanceOf(type(AvocetException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void shouldFoldTheUsualListsIntoOnePass() {
    try (Image image = picture(PixelFormat.BGR, 768, 576);
        Preprocessor yolox = create(YOLOX, PlanMode.FUSED);
        Preprocessor imagenet = create(IMAGENET, PlanMode.FUSED)) {
      assertThat(yolox.plan(image).shape()).isEqualTo(Shape.of(1, 3, 416, 416));
      assertThat(yolox.plan(image).description())
          .contains("resized to 416x312 BILINEAR", "at 0,0 of 416x416 padded with [114.0");
      assertThat(imagenet.plan(image).description()).contains("224x224 at 59,16 kept");
      assertThat(yolox.plan(image)).isSameAs(yolox.plan(image));
    }
  }

  @Test
  void shouldSayWhyAListDoesNotFold() {
    String load = "[{'type':'LoadImageFromFile'},";
    String resize = "{'type':'Resize','size':[%d,30]}";
    String square = "{'type':'Pad','pad_to_square':true,'padding_mode':'%s','pad_val':%d}";
    String divisor = "{'type':'Pad','size_divisor':64,'pad_val':9}";
    String normalize = "{'type':'Normalize','mean':[9,9,9],'std':[2,2,2]}";
    check(load + resize.formatted(20) + "," + resize.formatted(40) + "]", "it resizes twice");
    check(
        load + square.formatted("constant", 9) + "," + resize.formatted(20) + "]", "after padding");
    check(load + normalize + "," + resize.formatted(20) + "]", "it resizes float values");
    check(load + normalize + "," + normalize + "]", "it normalizes twice");
    check(load + square.formatted("constant", 1) + "," + divisor + "]", "different values");
    check(load + square.formatted("edge", 9) + "," + divisor + "]", "in different ways");
    check(
        load + square.formatted("edge", 9) + ",{'type':'CenterCrop','crop_size':[30,60]}]",
        "cuts into a picture that its edge pads");
    check(
        load + square.formatted("constant", 9) + ",{'type':'CenterCrop','crop_size':[1,9]}]",
        "crops to padding alone");
    check(load + "{'type':'Invert'}]", "it reads or writes single pixels");
    String fits = load + square.formatted("constant", 9) + "," + divisor + "]";
    try (Image image = picture(PixelFormat.BGR, 60, 25);
        Preprocessor preprocessor = create(fits, PlanMode.FUSED)) {
      assertThat(preprocessor.plan(image).pass()).isPresent();
    }
  }

  private static void check(String steps, String reason) {
    try (Image image = picture(PixelFormat.BGR, 60, 25);
        Preprocessor preprocessor = create(steps, PlanMode.FUSED)) {
      Prepared prepared = preprocessor.plan(image);
      assertThat(prepared.pass()).isEmpty();
      assertThat(prepared.description()).contains("step by step", reason);
      assertThat(run(preprocessor, image))
          .hasSize((int) prepared.shape().elements() * bytes(prepared));
    }
  }

  private static int bytes(Prepared prepared) {
    return prepared.type().bytes();
  }

  @Test
  void shouldRunTransformsThatWantThePixelsThemselves() {
    String steps =
        "[{'type':'LoadImageFromFile'},{'type':'CenterCrop','crop_size':3},{'type':'Invert'}]";
    try (Image image = picture(PixelFormat.BGR, 9, 7);
        Image middle = image.region(new Rect(3, 2, 3, 3));
        Preprocessor preprocessor = create(steps, PlanMode.FUSED)) {
      byte[] inverted = run(preprocessor, image);
      for (int i = 0; i < inverted.length; i++) {
        byte source = middle.plane(0).get(i / 9 * middle.planes().get(0).stride() + i % 9);
        assertThat(inverted[i]).isEqualTo((byte) ~source);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheSameWhenUsedForOtherSizesBetween(PlanMode mode) {
    try (Preprocessor shared = create(YOLOX, mode)) {
      PixelFormat[] formats = {PixelFormat.BGR, PixelFormat.NV12, PixelFormat.RGBA};
      for (int i = 0; i < 24; i++) {
        PixelFormat format = formats[i % formats.length];
        try (Image image = picture(format, 40 + 20 * (i % 5), 60 + 10 * (i % 7));
            Preprocessor fresh = create(YOLOX, mode)) {
          assertThat(run(shared, image)).isEqualTo(run(fresh, image));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAllocateNextToNothingWhenTheSizeStays(PixelFormat format) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    // Odd, even and broken ratios to 416: each samples in its own way.
    int[][] sizes = {{1248, 936}, {832, 624}, {320, 240}};
    for (int i = 0; i < 12; i++) {
      int[] size = sizes[i / 4];
      Rotation rotation = ROTATIONS.get(i % 4);
      try (Image stored = picture(format, size[0], size[1]);
          Preprocessor preprocessor = create(i % 3 < 2 ? YOLOX : IMAGENET, PlanMode.FUSED)) {
        Image image = stored.rotated(rotation);
        try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, preprocessor.plan(image).shape())) {
          for (int k = 0; k < 6; k++) {
            preprocessor.run(image, tensor, 0);
          }
          long heap = threads.getThreadAllocatedBytes(self);
          long nativeObjects = Pointer.totalCount();
          for (int k = 0; k < 10; k++) {
            preprocessor.run(image, tensor, 0);
          }
          String what = "%s %s of %dx%d".formatted(format, rotation, size[0], size[1]);
          assertThat((threads.getThreadAllocatedBytes(self) - heap) / 10)
              .as("heap bytes a call, %s", what)
              .isLessThan(700);
          assertThat(Pointer.totalCount()).as("native objects, %s", what).isEqualTo(nativeObjects);
        }
      }
    }
  }

  @Test
  void shouldKeepScratchMemoryFromCallToCallWhateverTheFormat() {
    try (Preprocessor preprocessor = create(YOLOX, PlanMode.FUSED);
        Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 416, 416))) {
      // As many as are measured: the Java heap grows with the test's own pictures at first.
      runAllFormats(preprocessor, tensor, 20);
      long before = Pointer.physicalBytes();
      runAllFormats(preprocessor, tensor, 20);
      assertThat(Pointer.physicalBytes() - before).isLessThan(16L << 20);
    }
  }

  private static void runAllFormats(Preprocessor preprocessor, Tensor tensor, int rounds) {
    for (int i = 0; i < rounds; i++) {
      for (PixelFormat format : PixelFormat.values()) {
        try (Image image = picture(format, 640, 480)) {
          preprocessor.run(image.rotated(ROTATIONS.get(i % 4)), tensor, 0);
        }
      }
    }
  }

  @Test
  void shouldTakeARegionWithOddEdgesOfASubsampledPicture() {
    String steps = "[{'type':'LoadImageFromFile'},{'type':'Collect','keys':['img']}]";
    try (Image image = picture(PixelFormat.NV12, 20, 10);
        Preprocessor preprocessor = create(steps, PlanMode.FUSED);
        Tensor whole = Tensor.allocate(DataType.UINT8, Shape.of(1, 10, 20, 3));
        Tensor part = Tensor.allocate(DataType.UINT8, Shape.of(1, 5, 7, 3))) {
      Rect region = new Rect(3, 1, 7, 5);
      preprocessor.run(image, whole, 0);
      assertThat(preprocessor.plan(Source.of(image, region)).shape()).isEqualTo(part.shape());
      preprocessor.run(Source.of(image, region), part, 0);
      for (int i = 0; i < 7 * 5 * 3; i++) {
        int pixel = (1 + i / 21) * 20 + 3 + i % 21 / 3;
        assertThat(part.bytes().get(i)).isEqualTo(whole.bytes().get(3 * pixel + i % 3));
      }
    }
  }

  @Test
  void shouldRefuseARegionOutsideOfThePicture() {
    try (Image stored = picture(PixelFormat.I420, 20, 10);
        Preprocessor preprocessor = create(YOLOX, PlanMode.FUSED)) {
      Image image = stored.rotated(Rotation.CLOCKWISE_90);
      preprocessor.plan(Source.of(image, new Rect(9, 19, 1, 1)));
      Rect[] outside = {
        new Rect(9, 19, 2, 1),
        new Rect(9, 19, 1, 2),
        new Rect(-1, 0, 5, 5),
        new Rect(0, -1, 5, 5),
        new Rect(Integer.MAX_VALUE, 0, 5, 5)
      };
      for (Rect region : outside) {
        expect(
            () -> preprocessor.plan(Source.of(image, region)),
            Status.OUT_OF_RANGE,
            "is not inside of the picture of 10x20");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepNativeMemoryConstant(PlanMode mode) {
    int rounds = mode == PlanMode.PLAIN ? 10 : 200;
    try (Image image = picture(PixelFormat.I420, 640, 480)) {
      createAndRun(image, mode, 20);
      long before = Pointer.physicalBytes();
      createAndRun(image, mode, rounds);
      assertThat(Pointer.physicalBytes() - before).isLessThan(48L << 20);
    }
  }

  private static void createAndRun(Image image, PlanMode mode, int rounds) {
    for (int i = 0; i < rounds; i++) {
      try (Preprocessor preprocessor = create(i % 2 == 0 ? YOLOX : IMAGENET, mode);
          Tensor tensor = Tensor.allocate(DataType.FLOAT32, preprocessor.plan(image).shape())) {
        preprocessor.run(image, tensor, 0);
        preprocessor.run(image, tensor, 0);
      }
    }
  }

  @Test
  void shouldRefuseATargetThatDoesNotFit() {
    try (Image image = picture(PixelFormat.BGR, 20, 10);
        Preprocessor preprocessor = create(YOLOX, PlanMode.FUSED);
        Tensor small = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 416, 400));
        Tensor bytes = Tensor.allocate(DataType.UINT8, Shape.of(1, 3, 416, 416));
        Tensor fits = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 416, 416))) {
      expect(
          () -> preprocessor.run(image, small, 0),
          Status.INVALID_ARG,
          "target is FLOAT32[1,3,416,400], preprocessing makes FLOAT32[1,3,416,416]");
      expect(() -> preprocessor.run(image, bytes, 0), Status.INVALID_ARG, "target is UINT8");
      expect(() -> preprocessor.run(image, fits, 1), Status.OUT_OF_RANGE, "index=1");
      expect(() -> preprocessor.run(image, fits, -1), Status.OUT_OF_RANGE, "index=-1");
    }
  }

  @Test
  void shouldSayThatItIsClosed() {
    Preprocessor preprocessor = create(YOLOX, PlanMode.FUSED);
    preprocessor.close();
    preprocessor.close();
    try (Image image = picture(PixelFormat.BGR, 20, 10)) {
      expect(() -> preprocessor.plan(image), Status.CLOSED, "closed");
    }
    Image closed = picture(PixelFormat.BGR, 20, 10);
    closed.close();
    try (Preprocessor open = create(YOLOX, PlanMode.FUSED);
        Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 416, 416))) {
      expect(() -> open.run(closed, tensor, 0), Status.CLOSED, "image");
    }
  }
}
