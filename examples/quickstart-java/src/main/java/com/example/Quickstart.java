package com.example;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.media.Annotation;
import dev.avocet.media.Annotator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds objects in a picture; arguments: model folder, picture, picture to draw them into. */
public final class Quickstart {
  public static void main(String[] args) {
    List<Annotation> drawn = new ArrayList<>();
    try (Detector detector = Detector.open(Path.of(args[0]));
        Image photo = Image.read(Path.of(args[1]))) {
      for (Detection d : detector.detect(photo)) {
        String label = d.label().orElse("class " + d.classId());
        Box box = d.box();
        System.out.println(label + " " + d.score() + " " + box);
        drawn.add(
            new Annotation(box.x1(), box.y1(), box.x2(), box.y2(), label, d.score(), d.classId()));
      }
      try (Image annotated = Annotator.annotate(photo, drawn)) {
        ImageCodec.installed().write(annotated, Path.of(args[2]));
      }
    }
  }
}
