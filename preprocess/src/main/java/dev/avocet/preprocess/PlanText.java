package dev.avocet.preprocess;

import dev.avocet.core.Rect;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.PadMode;
import java.util.Arrays;

/** Writes a pass down for people. */
final class PlanText {
  private PlanText() {}

  static String of(AffinePass pass, String how) {
    StringBuilder text = new StringBuilder("one pass ").append(how).append(": ");
    text.append(rect(pass.source())).append(" of the source as ").append(pass.colour());
    if (pass.resizedWidth() != pass.source().width()
        || pass.resizedHeight() != pass.source().height()) {
      text.append(", resized to %dx%d ".formatted(pass.resizedWidth(), pass.resizedHeight()));
      text.append(pass.interpolation());
    }
    if (pass.kept().width() != pass.resizedWidth()
        || pass.kept().height() != pass.resizedHeight()) {
      text.append(", ").append(rect(pass.kept())).append(" kept");
    }
    if (pass.padded()) {
      text.append(", at %d,%d of ".formatted(pass.left(), pass.top()));
      text.append("%dx%d padded with ".formatted(pass.width(), pass.height()));
      boolean constant = pass.padMode() == PadMode.CONSTANT;
      text.append(constant ? Arrays.toString(pass.padValue()) : pass.padMode().toString());
    }
    text.append(", channels ").append(Arrays.toString(pass.order()));
    text.append(", minus ").append(Arrays.toString(pass.mean()));
    text.append(", times ").append(Arrays.toString(pass.scale()));
    return text.append(", as ").append(pass.type()).append(' ').append(pass.layout()).toString();
  }

  private static String rect(Rect rect) {
    return "%dx%d at %d,%d".formatted(rect.width(), rect.height(), rect.x(), rect.y());
  }
}
