package dev.avocet.net.openvino;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A pass on pictures of one format, as it goes into a network. Two that differ in the place of
 * their window only are equal, for they are one network.
 */
record OvPass(AffinePass pass, OvPixels pixels) {
  /** Values of the 8-bit scale that count as the same. */
  private static final float SAME = 1e-3f;

  /**
   * Why a pass cannot go into a network, or empty where it can. Left out is what OpenVINO computes
   * otherwise than {@link AffinePass} says: it takes the nearest pixel of the centre, does not
   * limit what bicubic overshoots, and has no area and no Lanczos; 8-bit inputs it would round in
   * its own way.
   */
  static Optional<String> objection(AffinePass pass, Image picture, List<TensorInfo> inputs) {
    if (inputs.size() != 1) {
      return Optional.of("the network has several inputs");
    }
    TensorInfo input = inputs.get(0);
    if (input.type() != DataType.FLOAT32
        || pass.type() != DataType.FLOAT32
        || !input.shape().accepts(pass.shape(1))) {
      return Optional.of("the input is no float picture of this size");
    }
    if (picture.rotation() != Rotation.NONE) {
      return Optional.of("the picture is turned");
    }
    Optional<OvPixels> pixels = OvPixels.of(picture.format(), pass.colour());
    if (pixels.isEmpty()) {
      return Optional.of("OpenVINO does not convert this format");
    }
    if (pixels.get().subsampled() && hasOddEdge(pass.source())) {
      return Optional.of("the window has odd edges");
    }
    if (resizes(pass) && pass.interpolation() != Interpolation.BILINEAR) {
      return Optional.of("OpenVINO samples otherwise");
    }
    if (pass.order().length == 3 && pass.order()[1] != 1) {
      return Optional.of("channels are mixed");
    }
    return padObjection(pass);
  }

  private static boolean hasOddEdge(Rect rect) {
    return ((rect.x() | rect.y() | rect.width() | rect.height()) & 1) != 0;
  }

  private static Optional<String> padObjection(AffinePass pass) {
    if (!pass.padded()) {
      return Optional.empty();
    }
    if (!OvPad.avocet_can_pad()) {
      return Optional.of("this release of OpenVINO does not pad");
    }
    if (pass.padMode() != PadMode.CONSTANT) {
      return Optional.of("padding is not constant");
    }
    return padsBefore(pass) || padsAfter(pass)
        ? Optional.empty()
        : Optional.of("channels are padded with different values");
  }

  /**
   * For a pass and picture without {@link #objection}.
   *
   * @param stored the picture's format
   */
  static OvPass of(AffinePass pass, PixelFormat stored) {
    return new OvPass(pass, OvPixels.of(stored, pass.colour()).orElseThrow());
  }

  private static boolean resizes(AffinePass pass) {
    return pass.resizedWidth() != pass.source().width()
        || pass.resizedHeight() != pass.source().height();
  }

  boolean resizes() {
    return resizes(pass);
  }

  boolean crops() {
    return pass.kept().width() != pass.resizedWidth()
        || pass.kept().height() != pass.resizedHeight();
  }

  /** Whether padding has one value for all channels before they are normalised. */
  boolean padsBefore() {
    return padsBefore(pass);
  }

  private static boolean padsBefore(AffinePass pass) {
    for (int c = 1; c < pass.channels(); c++) {
      if (!(Math.abs(rawPad(pass, c) - rawPad(pass, 0)) <= SAME)) {
        return false;
      }
    }
    return Float.isFinite(rawPad(pass, 0));
  }

  private static boolean padsAfter(AffinePass pass) {
    for (float value : pass.padValue()) {
      if (value != pass.padValue()[0]) {
        return false;
      }
    }
    return true;
  }

  /** The padding in units of the stored picture. */
  float rawPad() {
    return rawPad(pass, 0);
  }

  private static float rawPad(AffinePass pass, int channel) {
    return pass.padValue()[channel] / pass.scale()[channel] + pass.mean()[channel];
  }

  /** Whether output channels are in the order blue, green, red. */
  boolean isBgr() {
    return (pass.colour() == PixelFormat.BGR) == (pass.order()[0] == 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OvPass that && pixels == that.pixels && same(pass, that.pass);
  }

  private static boolean same(AffinePass a, AffinePass b) {
    return a.source().width() == b.source().width()
        && a.source().height() == b.source().height()
        && a.colour() == b.colour()
        && a.resizedWidth() == b.resizedWidth()
        && a.resizedHeight() == b.resizedHeight()
        && a.interpolation() == b.interpolation()
        && a.kept().equals(b.kept())
        && a.left() == b.left()
        && a.top() == b.top()
        && a.width() == b.width()
        && a.height() == b.height()
        && a.padMode() == b.padMode()
        && Arrays.equals(a.padValue(), b.padValue())
        && Arrays.equals(a.order(), b.order())
        && Arrays.equals(a.mean(), b.mean())
        && Arrays.equals(a.scale(), b.scale())
        && a.layout() == b.layout();
  }

  @Override
  public int hashCode() {
    int hash = pixels.code;
    hash = 31 * hash + pass.source().width();
    hash = 31 * hash + pass.source().height();
    hash = 31 * hash + pass.resizedWidth();
    hash = 31 * hash + pass.resizedHeight();
    hash = 31 * hash + pass.width();
    return 31 * hash + pass.height();
  }
}
