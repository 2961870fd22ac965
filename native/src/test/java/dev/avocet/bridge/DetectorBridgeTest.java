package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.internal.Memory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors through the bridge, against the Java handle. */
class DetectorBridgeTest {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));
  private static final Path PARCELS = ROOT.resolve("models/parcels");
  private static final Path PICTURE = ROOT.resolve("examples/media/parcel-1.jpg");

  @Test
  void shouldAnswerAsTheJavaHandle() {
    long before = Memory.liveBytes();
    try (CStructs c = new CStructs();
        Image image = Image.read(PICTURE);
        Detector detector = Detector.open(PARCELS)) {
      List<Detection> wanted = detector.detect(image);
      assertThat(wanted).isNotEmpty();
      long handle = c.create(Types.DETECTOR, c.pathSource(PARCELS), 0);
      long result = c.apply(Types.DETECTOR, handle, c.input(c.images(image), 1, 0));
      assertThat(CMemory.int32(result)).isEqualTo(wanted.size());
      long items = CMemory.int64(result + Layouts.Items.ITEMS);
      for (int i = 0; i < wanted.size(); i++) {
        long at = items + (long) i * Layouts.Detection.BYTES;
        Detection d = wanted.get(i);
        assertThat(CMemory.int32(at)).isEqualTo(d.classId());
        assertThat(CMemory.float32(at + Layouts.Detection.SCORE)).isEqualTo(d.score());
        assertThat(CMemory.float32(at + Layouts.Detection.BOX)).isEqualTo(d.box().x1());
        assertThat(CStructs.textAt(at + Layouts.Detection.LABEL)).isEqualTo(d.label().orElse(null));
        assertThat(CMemory.int64(at + Layouts.Detection.MASK)).isZero();
      }
      c.release(Types.DETECTOR, result);
      c.destroy(Types.DETECTOR, handle);
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }
}
