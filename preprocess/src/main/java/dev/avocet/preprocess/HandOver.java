package dev.avocet.preprocess;

import dev.avocet.core.net.Net;
import dev.avocet.core.preprocess.AffinePass;
import java.util.Optional;

/**
 * Who runs passes: the engine, inside of the network, or an executor here.
 *
 * @param mode as asked for
 * @param net the network that the pictures are for, where it is known
 * @param input which of its inputs takes them
 */
record HandOver(PlanMode mode, Optional<Net> net, int input) {
  /** Whether a source of this size and format, with this pass, goes to the engine. */
  boolean does(Source source, AffinePass pass) {
    return wanted() && objection(source, pass).isEmpty();
  }

  /**
   * Whether pictures go to the engine from the first of a size and format on, not from the second:
   * what an engine only prefers is not to cost a compilation for each of many sizes.
   */
  boolean atOnce() {
    return mode == PlanMode.ENGINE || !net.map(Net::compilesPictures).orElse(false);
  }

  /** How the pass is run, for people. */
  String how(Source source, AffinePass pass) {
    if (!wanted()) {
      return mode == PlanMode.PLAIN ? "in plain Java" : "with OpenCV";
    }
    return objection(source, pass)
        .map("with OpenCV, not inside of the network (%s)"::formatted)
        .orElse("inside of the network");
  }

  private boolean wanted() {
    return mode == PlanMode.ENGINE
        || (mode == PlanMode.FUSED && net.map(Net::prefersPictures).orElse(false));
  }

  private Optional<String> objection(Source source, AffinePass pass) {
    if (net.isEmpty()) {
      return Optional.of("no network is open");
    }
    if (source.clipLength() > 0) {
      return Optional.of("the frames of a clip are put together before it");
    }
    if (source.box().isPresent() && net.get().compilesPictures()) {
      return Optional.of("the windows of boxes have too many sizes");
    }
    AffinePass there = pass.movedBy(source.region().x(), source.region().y());
    return net.get().pictureObjection(input, there, source.image());
  }
}
