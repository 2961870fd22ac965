package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left to an engine that can run passes, and what is not. */
class HandOverTest {
  private static final String STEPS =
      "[{'type':'LoadImageFromFile'},{'type':'Resize','size':[20,10]},"
          + "{'type':'Normalize','mean':[1,2,3],'std':[4,5,6]},{'type':'ImageToTensor','keys':['img']}]";

  private static final String POSES =
      """
      [{'type':'LoadImageFromFile'},
       {'type':'TopDownGetBboxCenterScale','padding':1.25,'image_size':[20,20]},
       {'type':'TopDownAffine','image_size':[20,20]},
       {'type':'ImageToTensor','keys':['img']}]
      """;

  private static Preprocessor create(PlanMode mode, Net net) {
    return Preprocessor.create(Steps.of(STEPS), mode, net, 2);
  }

  private static boolean handsOver(Preprocessor preprocessor, Source source, PassNet net) {
    List<Prepared> made = preprocessor.handOver(List.of(source), net.slot);
    assertThat(made).isSubsetOf(preprocessor.plan(source));
    return !made.isEmpty();
  }

  private static Image picture(int width, int height) {
    return Image.allocate(PixelFormat.BGR, width, height);
  }

  @Test
  void shouldHandOverAtOnceWhenAskedFor() {
    PassNet net = new PassNet(false);
    try (Preprocessor preprocessor = create(PlanMode.ENGINE, net);
        Image image = picture(64, 48)) {
      assertThat(preprocessor.plan(image).description())
          .startsWith("one pass inside of the network: 64x48 at 0,0");
      assertThat(handsOver(preprocessor, Source.of(image), net)).isTrue();
      assertThat(handsOver(preprocessor, Source.of(image, new Rect(3, 5, 30, 20)), net)).isTrue();
    }
    assertThat(net.inputs).containsExactly(2, 2);
    assertThat(net.passes)
        .extracting(AffinePass::source)
        .containsExactly(new Rect(0, 0, 64, 48), new Rect(3, 5, 30, 20));
  }

  @Test
  void shouldHandOverFromTheSecondPictureOfASizeWhenTheEnginePrefersIt() {
    PassNet net = new PassNet(true);
    try (Preprocessor preprocessor = create(PlanMode.FUSED, net);
        Image image = picture(64, 48);
        Image other = picture(32, 48)) {
      assertThat(preprocessor.plan(image).description()).contains("inside of the network");
      assertThat(handsOver(preprocessor, Source.of(image), net)).isFalse();
      assertThat(handsOver(preprocessor, Source.of(image), net)).isTrue();
      assertThat(handsOver(preprocessor, Source.of(other), net)).isFalse();
      assertThat(handsOver(preprocessor, Source.of(image), net)).isFalse();
      assertThat(handsOver(preprocessor, Source.of(image), net)).isTrue();
    }
  }

  @Test
  void shouldHandOverWhatSharesARunTogetherWhenTheEngineTakesIt() {
    PassNet net = new PassNet(true, false, 2);
    try (Preprocessor preprocessor = create(PlanMode.FUSED, net);
        Image image = picture(64, 48);
        Image other = picture(32, 24)) {
      Source part = Source.of(image, new Rect(3, 5, 30, 20));
      List<Prepared> made = preprocessor.handOver(List.of(part, Source.of(other)), net.slot);
      assertThat(made)
          .extracting(prepared -> prepared.pass().orElseThrow().source())
          .containsExactly(new Rect(0, 0, 30, 20), new Rect(0, 0, 32, 24));
      assertThat(preprocessor.handOver(List.of(part, part, part), net.slot)).isEmpty();
      // One that cannot be handed over keeps all of them here.
      Source turned = Source.of(other.rotated(Rotation.HALF));
      assertThat(preprocessor.handOver(List.of(part, turned), net.slot)).isEmpty();
    }
    assertThat(net.inputs).containsExactly(2);
    assertThat(net.passes)
        .extracting(AffinePass::source)
        .containsExactly(new Rect(3, 5, 30, 20), new Rect(0, 0, 32, 24));
    assertThat(net.pictures).hasSize(2);
  }

  @Test
  void shouldHandOverBoxesAndEveryFirstPictureWhenAGeometryCostsNothing() {
    PassNet net = new PassNet(true, false, 8);
    try (Preprocessor preprocessor = Preprocessor.create(Steps.of(POSES), PlanMode.FUSED, net, 0);
        Image image = picture(64, 48)) {
      Source box = Source.of(image).withBox(new RectF(20, 10, 40, 30));
      Source next = Source.of(image).withBox(new RectF(12, 8, 20, 30));
      assertThat(preprocessor.plan(box).description()).startsWith("one pass inside of the network");
      assertThat(preprocessor.handOver(List.of(box, next), net.slot)).hasSize(2);
    }
    assertThat(net.pictures).hasSize(2);
    assertThat(net.passes.get(0).source()).isNotEqualTo(net.passes.get(1).source());
  }

  @Test
  void shouldKeepPicturesWhenTheEngineDoesNotPreferThemOrAnotherWayIsAskedFor() {
    try (Image image = picture(64, 48)) {
      keeps(PlanMode.FUSED, new PassNet(false), image, "one pass with OpenCV: ");
      keeps(PlanMode.PLAIN, new PassNet(true), image, "one pass in plain Java: ");
      keeps(PlanMode.REFERENCE, new PassNet(true), image, "step by step with OpenCV: as asked for");
    }
  }

  private static void keeps(PlanMode mode, PassNet net, Image image, String description) {
    try (Preprocessor preprocessor = create(mode, net)) {
      assertThat(preprocessor.plan(image).description()).startsWith(description);
      handsOver(preprocessor, Source.of(image), net);
      assertThat(handsOver(preprocessor, Source.of(image), net)).isFalse();
      assertThat(net.passes).isEmpty();
    }
  }

  @Test
  void shouldSayWhyWhenTheEngineCannot() {
    PassNet net = new PassNet(true);
    try (Preprocessor preprocessor = create(PlanMode.ENGINE, net);
        Image image = picture(64, 48);
        Image turned = image.rotated(Rotation.CLOCKWISE_90)) {
      assertThat(preprocessor.plan(turned).description())
          .startsWith("one pass with OpenCV, not inside of the network (turned): 48x64");
      assertThat(handsOver(preprocessor, Source.of(turned), net)).isFalse();
      // The same upright size, planned anew for what can be handed over.
      try (Image tall = picture(48, 64)) {
        assertThat(handsOver(preprocessor, Source.of(tall), net)).isTrue();
      }
    }
  }

  @Test
  void shouldSayWhyWhenTheEngineTakesTensorsOnly() {
    Net net = new TensorNet();
    try (Preprocessor preprocessor = create(PlanMode.ENGINE, net);
        Preprocessor alone = Preprocessor.create(Steps.of(STEPS), PlanMode.ENGINE);
        Image image = picture(64, 48)) {
      assertThat(preprocessor.plan(image).description())
          .startsWith(
              "one pass with OpenCV, not inside of the network (this engine takes tensors only): ");
      assertThat(alone.plan(image).description())
          .startsWith("one pass with OpenCV, not inside of the network (no network is open): ");
    }
  }

  @Test
  void shouldKeepBoxesAndClips() {
    String clips =
        """
        [{'type':'Lift','transforms':[{'type':'LoadImageFromFile'},
          {'type':'Normalize','mean':[0,0,0],'std':[1,1,1],'to_rgb':false}]},
         {'type':'FormatShape','input_format':'NCHW'},{'type':'Collect','keys':['img']}]
        """;
    try (Image image = picture(64, 48)) {
      keeps(POSES, Source.of(image).withBox(new RectF(20, 10, 40, 30)), "the windows of boxes");
      keeps(clips, Source.clips(List.of(image), 1), "the frames of a clip");
    }
  }

  private static void keeps(String steps, Source source, String reason) {
    PassNet net = new PassNet(true);
    try (Preprocessor preprocessor =
        Preprocessor.create(Steps.of(steps), PlanMode.ENGINE, net, 0)) {
      assertThat(preprocessor.plan(source).description())
          .contains("not inside of the network (" + reason);
      assertThat(handsOver(preprocessor, source, net)).isFalse();
      assertThat(net.passes).isEmpty();
    }
  }

  /** A network without the ability. */
  private static class TensorNet implements Net {
    @Override
    public String description() {
      return "tensors";
    }

    @Override
    public List<TensorInfo> inputs() {
      return List.of();
    }

    @Override
    public List<TensorInfo> outputs() {
      return List.of();
    }

    @Override
    public NetSlot slot() {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public void close() {
      // Owns nothing.
    }
  }

  /** Takes pictures that are not turned, and keeps what it is given. */
  private static final class PassNet extends TensorNet {
    final List<AffinePass> passes = new ArrayList<>();
    final List<Image> pictures = new ArrayList<>();
    final List<Integer> inputs = new ArrayList<>();
    final NetSlot slot = new Slot();
    private final boolean prefers;
    private final boolean compiles;
    private final int most;

    PassNet(boolean prefers, boolean compiles, int most) {
      this.prefers = prefers;
      this.compiles = compiles;
      this.most = most;
    }

    /** As OpenVINO has it. */
    PassNet(boolean prefers) {
      this(prefers, true, 1);
    }

    @Override
    public boolean compilesPictures() {
      return compiles;
    }

    @Override
    public boolean prefersPictures() {
      return prefers;
    }

    @Override
    public Optional<String> pictureObjection(int input, AffinePass pass, Image picture) {
      return picture.rotation() == Rotation.NONE ? Optional.empty() : Optional.of("turned");
    }

    private final class Slot implements NetSlot {
      @Override
      public Tensor input(int index, Shape shape) {
        throw new UnsupportedOperationException("not needed here");
      }

      @Override
      public boolean pictures(int index, List<AffinePass> given, List<Image> pictures) {
        if (given.size() > most) {
          return false;
        }
        passes.addAll(given);
        PassNet.this.pictures.addAll(pictures);
        PassNet.this.inputs.add(index);
        return true;
      }

      @Override
      public void run() {
        throw new UnsupportedOperationException("not needed here");
      }

      @Override
      public Tensor output(int index) {
        throw new UnsupportedOperationException("not needed here");
      }

      @Override
      public void close() {
        // Owns nothing.
      }
    }
  }
}
