package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.internal.Memory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random wrong calls: every one ends with a status and a text, none with an exception or a crash,
 * and nothing is left behind.
 */
class MisuseTest {
  private static final int CALLS = 20_000;
  private static final long SEED = 20261121;

  /** Structs larger than any, so that a wrong one is read within its memory. */
  private static final int ROOM = 256;

  private final Random random = new Random(SEED);
  private long[] pointers;
  private long[] handles;

  @Test
  void shouldSurviveRandomCalls() {
    long before = Memory.liveBytes();
    int ok = 0;
    try (CStructs c = new CStructs();
        Image picture = Parcels.picture()) {
      long model = c.create(Types.MODEL, c.pathSource(Parcels.MODEL), 0);
      long detector = c.create(Types.DETECTOR, c.parentSource(model), 0);
      long pipeline = c.create(Types.PIPELINE, c.parentSource(model), 0);
      long stale = Parcels.detector(c);
      c.destroy(Types.DETECTOR, stale);
      handles = new long[] {model, detector, pipeline, stale, 0, 1, -1, detector ^ 1};
      long images = c.images(picture);
      pointers =
          new long[] {
            0,
            0,
            1,
            -1,
            images,
            c.text("none"),
            c.zeros(ROOM),
            c.options(),
            c.callOptions(),
            c.int32s(new int[ROOM]),
            c.text("x".repeat(ROOM)),
            c.pathSource("none")
          };
      for (int i = 0; i < CALLS; i++) {
        ok += call(c) == 0 ? 1 : 0;
      }
      c.destroy(Types.PIPELINE, pipeline);
      c.destroy(Types.DETECTOR, detector);
      c.destroy(Types.MODEL, model);
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
    assertThat(ok).isLessThan(CALLS / 10);
  }

  private int call(CStructs c) {
    CMemory.view(c.error(), 1).put(0, (byte) 0);
    try (CStructs own = new CStructs()) {
      long place = random.nextInt(20) == 0 ? 0 : own.int64s(0);
      int type = random.nextInt(20) - 2;
      int status =
          switch (random.nextInt(5)) {
            case 0 -> created(c, own, type, place);
            case 1 -> applied(c, own, type, place);
            case 2 -> Bridge.release(type, pointer(), c.error());
            case 3 -> Bridge.destroy(type, stranger(), c.error());
            default -> asked(c, place);
          };
      assertThat(status).isBetween(0, 11);
      assertThat(status == 0 || !c.errorText().isEmpty()).isTrue();
      return status;
    }
  }

  private long pointer() {
    return pointers[random.nextInt(pointers.length)];
  }

  private long handle() {
    return handles[random.nextInt(handles.length)];
  }

  /** A handle that is not live, so that the live ones stay. */
  private long stranger() {
    return handles[3 + random.nextInt(handles.length - 3)];
  }

  private int created(CStructs c, CStructs own, int type, long place) {
    long source = own.zeros(Layouts.Source.BYTES);
    for (int field = 0; field < Layouts.Source.BYTES; field += 8) {
      if (random.nextInt(4) == 0) {
        CStructs.int64(source + field, random.nextBoolean() ? pointer() : handle());
      }
    }
    // The lengths of what follows the pointers, which nobody can check.
    CStructs.int64(source + Layouts.Source.BYTES_FIELD, random.nextInt(50) - 9);
    CStructs.int32(source + Layouts.Source.MODEL_COUNT, random.nextInt(4) - 2);
    long parent = CMemory.int64(source + Layouts.Source.PARENT);
    if (parent == handles[0]) {
      CStructs.int64(source + Layouts.Source.PARENT, 3);
    }
    return Bridge.create(type, sane(source), options(7), place, c.error());
  }

  /** Fields that are read as addresses hold such, or handles that are refused as such. */
  private static long sane(long source) {
    for (int field :
        new int[] {
          Layouts.Source.PATH,
          Layouts.Source.POSE_PATH,
          Layouts.Source.DATA,
          Layouts.Source.JSON,
          Layouts.Source.FOLDER,
          Layouts.Source.MODELS,
          Layouts.Source.PARAMS
        }) {
      if (CMemory.int64(source + field) >> 47 != 0) {
        CStructs.int64(source + field, 0);
      }
    }
    return source;
  }

  /** None, a struct of zeros, or the right one: what it points at is not to be told. */
  private long options(int right) {
    return new long[] {0, pointers[6], pointers[right]}[random.nextInt(3)];
  }

  private int applied(CStructs c, CStructs own, int type, long place) {
    long image = own.zeros(Layouts.Image.BYTES);
    CStructs.int32(image, random.nextInt(3) == 0 ? random.nextInt() : Layouts.Image.BYTES);
    for (int field = 4; field < Layouts.Image.BYTES; field += 4) {
      CStructs.int32(image + field, odd());
    }
    // One that is mapped as far as its size says cannot be told from one that is not.
    CStructs.int64(image + Layouts.Image.PLANES, random.nextBoolean() ? 0 : 4095);
    long input = own.input(random.nextInt(3) == 0 ? pointer() : image, odd(), options(8));
    if (random.nextInt(5) == 0) {
      CStructs.int64(input + Layouts.Input.VALUES, pointers[6]);
    }
    return Bridge.apply(type, handle(), input, place, c.error());
  }

  private int odd() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> Integer.MIN_VALUE;
      case 2 -> 0;
      default -> random.nextInt(20) - 4;
    };
  }

  private int asked(CStructs c, long place) {
    int question = random.nextInt(12);
    boolean ofHandle = question == Questions.WARMUP || question == Questions.STATS;
    long subject = ofHandle ? stranger() : pointer();
    if (question == Questions.LOG
        || question == Questions.VERSION
        || question == Questions.LIVE
        || question == Questions.DEVICES
        || place == 0) {
      question = 0;
    }
    return Bridge.ask(question, subject, random.nextBoolean() ? 0 : pointers[6], place, c.error());
  }
}
