package com.example;

import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.media.Annotator;
import java.nio.file.Path;
import java.util.List;

/** Finds objects in a picture; arguments: model folder, picture, picture to draw them into. */
public final class Quickstart {
  public static void main(String[] args) {
    try (Detector detector = Detector.open(Path.of(args[0]));
        Image photo = Image.read(Path.of(args[1]))) {
      List<Detection> found = detector.detect(photo);
      for (Detection d : found) {
        System.out.println(d.name() + " " + d.score() + " " + d.box());
      }
      try (Image annotated = Annotator.annotate(photo, found)) {
        ImageCodec.installed().write(annotated, Path.of(args[2]));
      }
    }
  }
}
