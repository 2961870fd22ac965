package dev.avocet.bridge;

import static dev.avocet.core.Status.INVALID_ARG;
import static dev.avocet.core.Status.NOT_SUPPORTED;
import static dev.avocet.core.Status.OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.DetectOptions;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call is given: pictures and options, right and wrong. */
class InputTest {
  private final CStructs c = new CStructs();
  private final Image picture = Parcels.picture();
  private long detector;
  private long images;

  @BeforeEach
  void open() {
    detector = Parcels.detector(c);
    images = c.images(picture, picture);
  }

  @AfterEach
  void close() {
    c.destroy(Types.DETECTOR, detector);
    picture.close();
    c.close();
  }

  private AbstractStringAssert<?> fails(Status status, int count, long options) {
    return Called.apply(c, status, Types.DETECTOR, detector, c.input(images, count, options));
  }

  /** Sets a field of the first picture for one failing call. */
  private AbstractStringAssert<?> imageFails(Status status, int field, int value) {
    int before = CMemory.int32(images + field);
    CStructs.int32(images + field, value);
    try {
      return fails(status, 1, 0);
    } finally {
      CStructs.int32(images + field, before);
    }
  }

  @Test
  void shouldRefusePicturesThatAreNone() {
    int plane = Layouts.Image.PLANES;
    Called.apply(c, INVALID_ARG, Types.DETECTOR, detector, c.input(0, 1, 0))
        .startsWith("images=NULL");
    Called.apply(c, INVALID_ARG, Types.DETECTOR, detector, c.input(17, 1, 0))
        .isEqualTo("images=0x11 is no address");
    imageFails(INVALID_ARG, Layouts.Image.SIZE, 71).startsWith("images.size=71: expected 72");
    imageFails(INVALID_ARG, Layouts.Image.SIZE, -1).startsWith("images.size=4294967295");
    imageFails(INVALID_ARG, Layouts.Image.FORMAT, 10)
        .isEqualTo("images[0].format=10: expected 0 to 9");
    imageFails(INVALID_ARG, Layouts.Image.ROTATION, -1).startsWith("images[0].rotation=-1");
    imageFails(INVALID_ARG, Layouts.Image.MEMORY, 2).startsWith("images[0].memory=2");
    imageFails(NOT_SUPPORTED, Layouts.Image.MEMORY, 1).startsWith("images[0].memory=AVOCET");
    imageFails(INVALID_ARG, Layouts.Image.WIDTH, 0).startsWith("images[0]: width=0");
    imageFails(INVALID_ARG, Layouts.Image.HEIGHT, Integer.MIN_VALUE).contains("height=-2147483648");
    imageFails(OUT_OF_RANGE, Layouts.Image.WIDTH, Integer.MAX_VALUE).contains("above 2 GiB");
    imageFails(INVALID_ARG, plane + Layouts.Plane.STRIDE, 10).contains("stride=10 is less than");
    imageFails(INVALID_ARG, plane + Layouts.Plane.STRIDE, -3000).contains("stride=-3000");
    imageFails(INVALID_ARG, plane + Layouts.Plane.STRIDE, Integer.MAX_VALUE)
        .contains("rows of it are above 2 GiB");
    CStructs.int64(images + plane, 0);
    fails(INVALID_ARG, 1, 0).isEqualTo("images[0].planes[0].data=NULL: give an address");
    CStructs.int64(images + plane, Long.MIN_VALUE);
    fails(INVALID_ARG, 1, 0).endsWith("is no address");
  }

  @Test
  void shouldStepByTheSizeOfTheFirstPicture() {
    long larger = c.zeros(3 * 80);
    for (int i = 0; i < 3; i++) {
      byte[] one = new byte[Layouts.Image.BYTES];
      CMemory.view(images, one.length).get(one);
      CMemory.view(larger + 80L * i, one.length).put(one);
      CStructs.int32(larger + 80L * i, 80);
    }
    long result = c.apply(Types.DETECTOR, detector, c.input(larger, 3, 0));
    List<Detection> first = CResults.detections(result);
    assertThat(first).isNotEmpty().isEqualTo(CResults.detections(result + 16));
    assertThat(first).isEqualTo(CResults.detections(result + 32));
    c.release(Types.DETECTOR, result);
    CStructs.int32(larger + 160, 72);
    Called.apply(c, INVALID_ARG, Types.DETECTOR, detector, c.input(larger, 3, 0))
        .isEqualTo("images[2].size=72: all pictures have the size of the first, 80");
  }

  @Test
  void shouldRefuseCountsThatAreNone() {
    fails(INVALID_ARG, 0, 0).isEqualTo("count=0: expected 1 to 65536");
    fails(INVALID_ARG, -5, 0).startsWith("count=-5");
    fails(INVALID_ARG, Integer.MAX_VALUE, 0).startsWith("count=2147483647");
  }

  @Test
  void shouldUseOptionsAsTheJavaHandleDoes() {
    long options = c.callOptions();
    CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, 0.05f);
    CStructs.int32(options + Layouts.CallOptions.CLASS_COUNT, 2);
    CStructs.int64(options + Layouts.CallOptions.CLASSES, c.int32s(2, 0));
    CStructs.int32(options + Layouts.CallOptions.REGION_X, 30);
    CStructs.int32(options + Layouts.CallOptions.REGION_Y, 20);
    CStructs.int32(options + Layouts.CallOptions.REGION_WIDTH, picture.width() - 40);
    CStructs.int32(options + Layouts.CallOptions.REGION_HEIGHT, picture.height() - 30);
    CStructs.int64(options + Layouts.CallOptions.DEADLINE_US, Long.MAX_VALUE);
    DetectOptions same =
        DetectOptions.DEFAULT
            .withScoreThreshold(0.05f)
            .withClasses(Set.of(0, 2))
            .withRegion(new Rect(30, 20, picture.width() - 40, picture.height() - 30));
    try (Detector java = Detector.open(Parcels.MODEL)) {
      long result = c.apply(Types.DETECTOR, detector, c.input(images, 1, options));
      assertThat(CResults.detections(result)).isEqualTo(java.detect(picture, same));
      c.release(Types.DETECTOR, result);
    }
  }

  @Test
  void shouldRefuseOptionsThatAreWrong() {
    long options = c.callOptions();
    CStructs.int32(options, 44);
    fails(INVALID_ARG, 1, options).startsWith("options.size=44: expected 48");
    CStructs.int32(options, 1 << 17);
    fails(INVALID_ARG, 1, options).startsWith("options.size=131072");
    CStructs.int32(options, 1024);
    long result = c.apply(Types.DETECTOR, detector, c.input(images, 1, options));
    c.release(Types.DETECTOR, result);
    for (float threshold : new float[] {Float.NaN, 1.5f, Float.POSITIVE_INFINITY}) {
      CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, threshold);
      fails(INVALID_ARG, 1, options).startsWith("options.score_threshold=" + threshold);
    }
    CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, -1);
    CStructs.int32(options + Layouts.CallOptions.CLASS_COUNT, -1);
    fails(INVALID_ARG, 1, options).startsWith("options.class_count=-1");
    CStructs.int32(options + Layouts.CallOptions.CLASS_COUNT, 3);
    fails(INVALID_ARG, 1, options).startsWith("options.classes=NULL");
    CStructs.int32(options + Layouts.CallOptions.CLASS_COUNT, 0);
    CStructs.int32(options + Layouts.CallOptions.TOP_K, 5);
    fails(INVALID_ARG, 1, options).startsWith("options.top_k=5: this task has no use for it");
    CStructs.int32(options + Layouts.CallOptions.TOP_K, 0);
    CStructs.int32(options + Layouts.CallOptions.REGION_WIDTH, -4);
    fails(INVALID_ARG, 1, options).contains("has no area");
    CStructs.int32(options + Layouts.CallOptions.REGION_WIDTH, 40);
    CStructs.int32(options + Layouts.CallOptions.REGION_HEIGHT, 1 << 20);
    fails(OUT_OF_RANGE, 1, options);
  }

  @Test
  void shouldTurnPicturesAsTheirRotationSays() {
    byte[] pixels = new byte[6 * 4 * 3];
    try (Image small = Image.copyOf(pixels, PixelFormat.BGR, 6, 4)) {
      long struct = c.images(small.rotated(Rotation.CLOCKWISE_90));
      Image view = Images.read("image", struct);
      assertThat(view.rotation()).isEqualTo(Rotation.CLOCKWISE_90);
      assertThat(view.uprightWidth()).isEqualTo(4);
      assertThat(view.planes()).isEqualTo(small.planes());
    }
  }

  @Test
  void shouldViewEveryPlaneOfAFormat() {
    for (PixelFormat format : PixelFormat.values()) {
      try (Image image = Image.allocate(format, 16, 8)) {
        Image view = Images.read("image", c.images(image));
        assertThat(view.format()).isEqualTo(format);
        assertThat(view.planes()).isEqualTo(image.planes());
      }
    }
  }

  @Test
  void shouldRefuseHandleOptionsThatAreWrong() {
    long source = c.pathSource(Parcels.MODEL);
    long options = c.options();
    CStructs.int32(options + Layouts.Options.PLAN, 4);
    createFails(source, options).startsWith("options.plan=4: expected 0 to 3");
    CStructs.int32(options + Layouts.Options.PLAN, 2);
    CStructs.int32(options + Layouts.Options.CONCURRENCY, -1);
    createFails(source, options).startsWith("concurrency=-1");
    CStructs.int32(options + Layouts.Options.CONCURRENCY, 2);
    CStructs.int32(options + Layouts.Options.THREADS, 5000);
    createFails(source, options).startsWith("threads=5000");
    CStructs.int32(options + Layouts.Options.THREADS, 1);
    CStructs.int64(options + Layouts.Options.DEVICE, c.bytes(new byte[] {(byte) 0xff, 0}));
    createFails(source, options).startsWith("options.device is not UTF-8");
    CStructs.int64(options + Layouts.Options.DEVICE, c.text("onnxruntime:cpu"));
    CStructs.int32(options + Layouts.Options.ENGINE_OPTION_COUNT, 1);
    createFails(source, options).startsWith("options.engine_options=NULL");
    CStructs.int64(
        options + Layouts.Options.ENGINE_OPTIONS, c.int64s(c.text("nonsense"), c.text("1")));
    createFails(source, options).startsWith("option \"nonsense\" is not known");
    CStructs.int32(options + Layouts.Options.ENGINE_OPTION_COUNT, 0);
    c.destroy(Types.DETECTOR, c.create(Types.DETECTOR, source, options));
  }

  private AbstractStringAssert<?> createFails(long source, long options) {
    return Called.create(c, INVALID_ARG, Types.DETECTOR, source, options);
  }
}
