package dev.avocet.bridge;

import dev.avocet.Box;
import dev.avocet.Classification;
import dev.avocet.Detection;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.RecognizedText;
import dev.avocet.RotatedDetection;
import dev.avocet.Segmentation;
import dev.avocet.TextRegion;
import dev.avocet.TrackedPose;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** The fields of one answer, as {@link Expected} writes them. Stateless. */
final class ExpectedLines {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private ExpectedLines() {}

  static String of(Classification c) {
    return join(c.classId(), hex(c.score()), label(c.label()));
  }

  static String of(Detection d) {
    return join(
        d.classId(),
        hex(d.score()),
        of(d.box()),
        label(d.label()),
        points(d.keyPoints()),
        d.mask().map(ExpectedLines::of).orElse("-"));
  }

  private static String of(Mask mask) {
    return join(
        mask.window().x(),
        mask.window().y(),
        mask.window().width(),
        mask.window().height(),
        fnv(FNV_START, mask.pixels()));
  }

  static String of(RotatedDetection d) {
    return join(
        d.classId(),
        hex(d.score()),
        hex(d.cx()),
        hex(d.cy()),
        hex(d.width()),
        hex(d.height()),
        hex(d.angle()),
        label(d.label()));
  }

  static String of(Segmentation map) {
    int names = 0;
    while (map.name(names).isPresent()) {
      names++;
    }
    ByteBuffer labels = buffer(map.labels().remaining());
    labels.asIntBuffer().put(map.labels());
    Optional<String> scores =
        map.scores()
            .map(
                values -> {
                  ByteBuffer bytes = buffer(values.remaining());
                  bytes.asFloatBuffer().put(values);
                  return fnv(FNV_START, bytes);
                });
    return join(
        map.window().x(),
        map.window().y(),
        map.width(),
        map.height(),
        map.classes(),
        names,
        fnv(FNV_START, labels),
        scores.orElse("-"));
  }

  private static ByteBuffer buffer(int numbers) {
    return ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /** Of a picture of one plane. */
  static String of(Image image) {
    String hash = "";
    long sum = FNV_START;
    int row = image.format().rowBytes(0, image.width());
    for (int y = 0; y < image.height(); y++) {
      ByteBuffer line = image.plane(0).position(y * image.planes().get(0).stride()).slice();
      sum = fnvOf(sum, line.limit(row));
      hash = Long.toHexString(sum);
    }
    return join(
        image.format().name().toLowerCase(Locale.ROOT), image.width(), image.height(), hash);
  }

  static String of(Pose pose) {
    return points(pose.keyPoints());
  }

  static String of(TrackedPose person) {
    return join(person.id(), of(person.box()), of(person.pose()));
  }

  static String of(TextRegion region) {
    return join(of(region.quad()), hex(region.score()));
  }

  static String of(RecognizedText text) {
    StringJoiner scores = new StringJoiner(" ");
    text.scores().forEach(score -> scores.add(hex(score)));
    String all = join(hex(text.score()), text.scores().size());
    return join(text.scores().isEmpty() ? all : join(all, scores), escaped(text.text()));
  }

  static String of(Quad quad) {
    StringJoiner line = new StringJoiner(" ");
    for (Point p : quad.corners()) {
      line.add(hex(p.x())).add(hex(p.y()));
    }
    return line.toString();
  }

  static String of(Box box) {
    return join(hex(box.x1()), hex(box.y1()), hex(box.x2()), hex(box.y2()));
  }

  private static String points(List<KeyPoint> points) {
    StringJoiner line = new StringJoiner(" ").add(Integer.toString(points.size()));
    points.forEach(p -> line.add(hex(p.x())).add(hex(p.y())).add(hex(p.score())));
    return line.toString();
  }

  private static String label(Optional<String> label) {
    return label.map(ExpectedLines::escaped).orElse("-");
  }

  private static String escaped(String text) {
    if (text.isEmpty()) {
      return "%";
    }
    if (text.equals("-")) {
      return "%2D";
    }
    StringBuilder line = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F && b != '%') {
        line.append((char) b);
      } else {
        line.append("%%%02X".formatted(b & 0xFF));
      }
    }
    return line.toString();
  }

  private static String hex(float number) {
    return Float.toHexString(number);
  }

  private static String fnv(long start, ByteBuffer bytes) {
    return Long.toHexString(fnvOf(start, bytes));
  }

  private static long fnvOf(long start, ByteBuffer bytes) {
    long sum = start;
    while (bytes.hasRemaining()) {
      sum = (sum ^ (bytes.get() & 0xFF)) * FNV_PRIME;
    }
    return sum;
  }

  static String join(Object... fields) {
    StringJoiner line = new StringJoiner(" ");
    for (Object field : fields) {
      line.add(field.toString());
    }
    return line.toString();
  }
}
