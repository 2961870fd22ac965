package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Restorer;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.preprocess.PlanMode;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Compares answered pictures: every channel within 1; where preprocessing samples by bilinear or
 * nearest, or not at all, and not inside of the network, 99.9 % of the pixels exactly. The expected
 * picture, read as BGR, has the answered channels in the answered order.
 */
final class RestorerCases implements TaskRunner {
  private static final int NEAR = 1;
  private static final double EXACT_SHARE = 0.999;

  /** Samplings whose last bit depends on the order of additions. */
  private static final Set<String> ROUNDED = Set.of("bicubic", "lanczos", "area");

  @Override
  public Verdict run(Case one, RunOptions options) {
    try (Model model = Model.open(one.model());
        Restorer restorer = options.open(Restorer.builder(model));
        Image answer = one.withPicture(restorer::restore)) {
      JsonNode shape = one.expected().path("shape");
      String expected = shape.toString();
      int channels = answer.format() == PixelFormat.GRAY8 ? 1 : 3;
      String found = "[%d,%d,%d]".formatted(answer.height(), answer.width(), channels);
      if (!found.equals(expected)) {
        return Verdict.differs("shape %s, expected %s".formatted(found, expected));
      }
      try (Image picture = Image.read(one.expectedPicture())) {
        return compare(answer, picture, channels, mustBeExact(model, options));
      }
    }
  }

  private static boolean mustBeExact(Model model, RunOptions options) {
    // An engine samples in its own arithmetic.
    return options.plan() != PlanMode.ENGINE
        && model.pipeline().tasks().stream()
            .filter(TaskSpec.Preprocess.class::isInstance)
            .flatMap(task -> ((TaskSpec.Preprocess) task).steps().stream())
            .map(StepSpec::params)
            .noneMatch(params -> ROUNDED.contains(params.text("interpolation", "")));
  }

  private static Verdict compare(Image answer, Image expected, int channels, boolean mustBeExact) {
    ByteBuffer found = answer.plane(0);
    ByteBuffer wanted = expected.plane(0);
    int foundStride = answer.planes().get(0).stride();
    int wantedStride = expected.planes().get(0).stride();
    int worst = 0;
    String worstAt = "";
    long unequal = 0;
    for (int y = 0; y < answer.height(); y++) {
      for (int x = 0; x < answer.width(); x++) {
        int difference = 0;
        for (int c = 0; c < channels; c++) {
          int f = found.get(y * foundStride + x * channels + c) & 0xff;
          int w = wanted.get(y * wantedStride + x * 3 + c) & 0xff;
          difference = Math.max(difference, Math.abs(f - w));
        }
        unequal += difference == 0 ? 0 : 1;
        if (difference > worst) {
          worst = difference;
          worstAt = "x=%d y=%d".formatted(x, y);
        }
      }
    }
    long pixels = (long) answer.width() * answer.height();
    if (worst > NEAR) {
      return Verdict.differs(
          "%d of %d pixels, by up to %d (allowed %d) at %s"
              .formatted(unequal, pixels, worst, NEAR, worstAt));
    }
    if (mustBeExact && unequal > (1 - EXACT_SHARE) * pixels) {
      return Verdict.differs(
          "%d of %d pixels by 1 (allowed 0.1 %%), the first at %s"
              .formatted(unequal, pixels, worstAt));
    }
    return Verdict.AGREES;
  }
}
