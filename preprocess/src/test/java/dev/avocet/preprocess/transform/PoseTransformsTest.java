package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Tensor;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Source;
import dev.avocet.preprocess.Steps;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows that poses are cut out by, worked out by hand from the reference's rules. */
class PoseTransformsTest {
  private static final String STEPS =
      """
      [{'type':'LoadImageFromFile'},
       {'type':'TopDownGetBboxCenterScale','padding':%s,'image_size':[%d,%d]},
       {'type':'TopDownAffine','image_size':[%d,%d]},
       {'type':'Normalize','mean':[0,0,0],'std':[1,1,1]},
       {'type':'ImageToTensor','keys':['img']}]
      """;

  private static String steps(String padding, int width, int height) {
    return STEPS.formatted(padding, width, height, width, height);
  }

  private static Prepared plan(String steps, Optional<RectF> box) {
    try (Image image = Image.allocate(PixelFormat.BGR, 300, 200);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(steps), PlanMode.FUSED)) {
      Source source = Source.of(image);
      return preprocessor.plan(box.map(source::withBox).orElse(source));
    }
  }

  @Test
  void shouldRoundTheWindowAndSayWhatItStandsFor() {
    // Widened to 60 x 80 around 120, 90, then by a quarter: 75 x 100 at 82.5, 40.
    Prepared plan = plan(steps("1.25", 48, 64), Optional.of(new RectF(100, 50, 40, 80)));
    AffinePass pass = plan.pass().orElseThrow();
    assertThat(pass.source()).isEqualTo(new Rect(83, 40, 75, 100));
    assertThat(pass.padded()).isFalse();
    assertThat(plan.meta().width()).isEqualTo(48);
    assertThat(plan.meta().height()).isEqualTo(64);
    // Half a network pixel is 0.78125 of the source's, for pixels stand for their middles.
    assertThat(plan.meta().window()).contains(new RectF(83.28125f, 40.28125f, 75, 100));
  }

  @Test
  void shouldPadWhatIsOutside() {
    Prepared plan = plan(steps("1", 40, 40), Optional.of(new RectF(-20, 10, 40, 40)));
    AffinePass pass = plan.pass().orElseThrow();
    assertThat(pass.source()).isEqualTo(new Rect(0, 10, 20, 40));
    assertThat(pass.left()).isEqualTo(20);
    assertThat(pass.top()).isZero();
    assertThat(pass.padValue()).containsOnly(0);
    assertThat(plan.meta().window()).contains(new RectF(-20, 10, 40, 40));
  }

  @Test
  void shouldLookAtTheWholePictureWithoutABox() {
    RectF whole = new RectF(0, 0, 300, 200);
    String steps = steps("1.25", 96, 128);
    assertThat(plan(steps, Optional.empty()).meta())
        .isEqualTo(plan(steps, Optional.of(whole)).meta());
  }

  @Test
  void shouldWidenByAQuarterWhenOnlyTopDownAffineIsThere() {
    String alone =
        "[{'type':'LoadImageFromFile'},{'type':'TopDownAffine','image_size':[48,64]},"
            + "{'type':'DefaultFormatBundle'}]";
    Optional<RectF> box = Optional.of(new RectF(100, 50, 40, 80));
    assertThat(plan(alone, box).meta()).isEqualTo(plan(steps("1.25", 48, 64), box).meta());
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 10, 10",
    "-500, 20, 100, 100",
    "50, 50, 0, 0",
    "50, -3e38, 5, 5",
    "1e30, 1e30, 1e30, 1e30",
  })
  void shouldGiveBlackAndAFiniteWindowWhenTheBoxIsOutside(
      float x, float y, float width, float height) {
    for (PlanMode mode : PlanMode.values()) {
      try (Image image = Image.allocate(PixelFormat.BGR, 300, 200);
          Preprocessor preprocessor = Preprocessor.create(Steps.of(steps("1.25", 6, 8)), mode)) {
        byte[] white = new byte[image.plane(0).capacity()];
        Arrays.fill(white, (byte) 255);
        image.plane(0).put(white);
        Source source = Source.of(image).withBox(new RectF(x, y, width, height));
        Prepared plan = preprocessor.plan(source);
        RectF window = plan.meta().window().orElseThrow();
        assertThat(Float.isFinite(window.x() + window.y())).isTrue();
        assertThat(Float.isFinite(window.width() + window.height())).isTrue();
        try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
          preprocessor.run(source, tensor, 0);
          for (int i = 0; i < 3 * 6 * 8; i++) {
            assertThat(tensor.floats().get(i)).isZero();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSeeTheWholePictureWhenTheBoxIsHuge(PlanMode mode) {
    try (Image image = Image.allocate(PixelFormat.BGR, 300, 200);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(steps("1", 64, 64)), mode)) {
      Source source = Source.of(image).withBox(new RectF(-1e4f, -1e4f, 2e4f, 2e4f));
      Prepared plan = preprocessor.plan(source);
      try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
        preprocessor.run(source, tensor, 0);
      }
      assertThat(plan.shape().dim(3)).isEqualTo(64);
      assertThat(plan.meta().window().orElseThrow().width()).isGreaterThan(1e4f);
    }
  }

  @Test
  void shouldPlanAnewWhenTheBoxIsAnother() {
    try (Image image = Image.allocate(PixelFormat.BGR, 300, 200);
        Preprocessor preprocessor =
            Preprocessor.create(Steps.of(steps("1.25", 48, 64)), PlanMode.FUSED)) {
      Source first = Source.of(image).withBox(new RectF(60, 10, 40, 80));
      Source second = Source.of(image).withBox(new RectF(140, 10, 40, 80));
      Prepared plan = preprocessor.plan(first);
      assertThat(preprocessor.plan(first)).isSameAs(plan);
      assertThat(preprocessor.plan(second).pass().orElseThrow().source().x())
          .isEqualTo(plan.pass().orElseThrow().source().x() + 80);
    }
  }
}
