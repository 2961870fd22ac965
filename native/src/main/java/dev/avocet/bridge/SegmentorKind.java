package dev.avocet.bridge;

import dev.avocet.Segmentation;
import dev.avocet.Segmentor;
import java.util.List;

/** Segmentors; {@code avocet/segmentor.h}. */
final class SegmentorKind extends PictureKind<Segmentor> {
  SegmentorKind() {
    super(
        Segmentor.class,
        Segmentor::builder,
        Segmentor::builder,
        Segmentor::warmup,
        Segmentor::stats);
  }

  @Override
  public Result apply(Segmentor handle, Input input) {
    List<Segmentation> answers = handle.segmentBatch(input.images(), input.options().plain());
    return out -> {
      int at = out.structs(answers.size(), Layouts.Segmentation.BYTES);
      for (Segmentation map : answers) {
        write(out, at, map);
        at += Layouts.Segmentation.BYTES;
      }
    };
  }

  private static void write(Out out, int at, Segmentation map) {
    out.int32(at + Layouts.Segmentation.X, map.window().x());
    out.int32(at + Layouts.Segmentation.Y, map.window().y());
    out.int32(at + Layouts.Segmentation.WIDTH, map.width());
    out.int32(at + Layouts.Segmentation.HEIGHT, map.height());
    out.int32(at + Layouts.Segmentation.CLASSES, map.classes());
    out.int32s(at + Layouts.Segmentation.LABELS, map.labels());
    map.scores().ifPresent(scores -> out.float32s(at + Layouts.Segmentation.SCORES, scores));
    names(out, at, map);
  }

  private static void names(Out out, int at, Segmentation map) {
    int count = 0;
    while (map.name(count).isPresent()) {
      count++;
    }
    out.int32(at + Layouts.Segmentation.NAME_COUNT, count);
    if (count > 0) {
      int names = out.structs(count, Layouts.POINTER);
      out.pointer(at + Layouts.Segmentation.NAMES, names);
      for (int i = 0; i < count; i++) {
        out.text(names + i * Layouts.POINTER, map.name(i));
      }
    }
  }
}
