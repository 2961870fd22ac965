package dev.avocet.cli;

import dev.avocet.core.Image;
import dev.avocet.media.Annotator;
import dev.avocet.media.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a video into pieces and keeps every n-th frame of each. What is left at its end is a piece
 * where it is half of one or all there is; its last frame stands for those that are missing.
 */
final class ClipSampler {
  /**
   * A whole piece, whose pictures its user closes.
   *
   * @param first which frame it begins with
   * @param length in frames of the input
   * @param pictures the frames that were kept, as many as asked for, some perhaps the same
   */
  record Piece(FrameFacts first, int length, List<Image> pictures) implements AutoCloseable {
    @Override
    public void close() {
      pictures.forEach(Image::close);
    }
  }

  private final int kept;
  private final int interval;
  private final List<Image> pictures = new ArrayList<>();
  private FrameFacts first;
  private int length;
  private int framesBefore;

  /**
   * @param kept frames to keep of a piece
   * @param interval of so many frames one is kept
   */
  ClipSampler(int kept, int interval) {
    this.kept = kept;
    this.interval = interval;
  }

  /** Begins a video; what is left of the one before is forgotten. */
  void begin() {
    pictures.forEach(Image::close);
    pictures.clear();
    length = 0;
    framesBefore = 0;
  }

  /**
   * Takes a frame.
   *
   * @param last whether the video ends with it
   * @return the piece that it completes
   */
  Optional<Piece> add(Frame frame, boolean last) {
    if (length == 0) {
      first = facts(frame);
    }
    if (length % interval == 0) {
      pictures.add(Annotator.annotate(frame.image(), List.of()));
    }
    length++;
    boolean whole = length == kept * interval;
    boolean enough = 2 * length >= kept * interval || framesBefore == 0;
    if (!whole && !(last && enough)) {
      if (last) {
        begin();
      }
      return Optional.empty();
    }
    List<Image> all = new ArrayList<>(pictures);
    while (all.size() < kept) {
      all.add(pictures.get(pictures.size() - 1));
    }
    pictures.clear();
    Piece piece = new Piece(first, length, List.copyOf(all));
    framesBefore += length;
    length = 0;
    return Optional.of(piece);
  }

  /** Pictures are called by their folder, and counted there. */
  private FrameFacts facts(Frame frame) {
    FrameFacts facts = FrameFacts.of(frame);
    if (frame.timeMillis().isPresent()) {
      return facts;
    }
    Path folder = Path.of(frame.input()).getParent();
    return new FrameFacts(
        folder == null ? "." : folder.toString(),
        framesBefore,
        facts.timeMillis(),
        facts.width(),
        facts.height());
  }
}
