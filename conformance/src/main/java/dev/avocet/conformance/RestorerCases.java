package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Restorer;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.DeployInfo;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.net.Engines;
import dev.avocet.preprocess.PlanMode;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Compares answered pictures: every channel within 1; where preprocessing samples by bilinear or
 * nearest, or not at all, 99.9 % of the pixels exactly, or 99.5 % on another engine than the
 * reference's, which may round a product and a sum in the network once instead of twice. The
 * expected picture, read as BGR, has the answered channels in the answered order.
 */
final class RestorerCases implements TaskRunner {
  private static final int NEAR = 1;
  private static final double UNEQUAL_SHARE = 0.001;
  private static final double UNEQUAL_SHARE_ELSEWHERE = 0.005;

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
        return compare(answer, picture, channels, unequalShare(model, options));
      }
    }
  }

  /** How many of all pixels may be off by 1. */
  private static double unequalShare(Model model, RunOptions options) {
    boolean rounded =
        model.pipeline().tasks().stream()
            .filter(TaskSpec.Preprocess.class::isInstance)
            .flatMap(task -> ((TaskSpec.Preprocess) task).steps().stream())
            .map(StepSpec::params)
            .anyMatch(params -> ROUNDED.contains(params.text("interpolation", "")));
    if (rounded || options.plan() == PlanMode.ENGINE) {
      return 1;
    }
    boolean elsewhere =
        model.pipeline().tasks().stream()
            .filter(TaskSpec.Network.class::isInstance)
            .map(task -> model.net(((TaskSpec.Network) task).name()))
            .anyMatch(net -> !engine(net, options).equals(net.backend()));
    return elsewhere ? UNEQUAL_SHARE_ELSEWHERE : UNEQUAL_SHARE;
  }

  private static String engine(DeployInfo.NetFile net, RunOptions options) {
    return Engines.choose(options.device(), net.backend(), net.net()).name();
  }

  private static Verdict compare(Image answer, Image expected, int channels, double unequalShare) {
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
    if (unequal > unequalShare * pixels) {
      return Verdict.differs(
          "%d of %d pixels by 1 (allowed %s %%), the first at %s"
              .formatted(unequal, pixels, 100 * unequalShare, worstAt));
    }
    return Verdict.AGREES;
  }
}
