package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Follows boxes from frame to frame of one video: gives the same object the same number.
 *
 * <pre>{@code
 * BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
 * long[] ids = tracker.update(timeMillis, detector.detect(image));
 * }</pre>
 *
 * <p>It is ByteTrack (Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every
 * Detection Box", 2022, arXiv 2110.06864) on a Kalman filter with constant velocity as in SORT
 * (Bewley et al., 2016) and DeepSORT (2017): tracks take surer boxes first, then what is left of
 * the less sure ones, each time so that the overlaps sum up to the most. Deviations on purpose:
 *
 * <ul>
 *   <li>Time is measured in seconds, not in frames: a loaded machine drops frames.
 *   <li>At last, boxes and tracks that are left are compared with both made larger (Yang et al.,
 *       "Hard to Track Objects with Irregular Motions and Similar Appearances? Make It Easier by
 *       Buffering the Matching Space", 2023, arXiv 2211.14317): at 5 frames a second what moves
 *       fast does not overlap itself.
 *   <li>A track that is not confirmed may go on with a less sure box: a person coming in at the
 *       edge is small and faint at first.
 *   <li>What is seen surely has its number at once: who runs through the picture is there in few
 *       frames, and has crossed a line in the second of them.
 *   <li>Classes are not mixed.
 * </ul>
 *
 * <p>The order of the boxes in a call makes no difference. A call looks at the {@value #MOST_BOXES}
 * surest boxes, and at most {@value #MOST_TRACKS} tracks are kept, those seen last. Confined to one
 * thread at a time; one tracker a video.
 */
public final class BoxTracker {
  /** How many boxes of a frame are followed. */
  public static final int MOST_BOXES = 512;

  /** How many tracks there are at most, with those that are lost. */
  public static final int MOST_TRACKS = 2 * MOST_BOXES;

  /**
   * How boxes are followed.
   *
   * @param highScore boxes that score at least this are taken first, 0 to 1
   * @param lowScore boxes that score less are passed over, 0 to {@code highScore}
   * @param newScore boxes that score at least this begin a track, {@code highScore} to 1
   * @param highIou a box and where a track is expected have to overlap more than this (intersection
   *     over union), 0 to 1
   * @param lowIou the same for boxes below {@code highScore}
   * @param buffer how much larger boxes are made on each side for the last comparison, as a share
   *     of their width and height, 0 to 2; 0 for no such comparison
   * @param bufferedIou what they have to overlap more than then, 0 to 1
   * @param keptSeconds how long a track goes on without being seen, 0 to 60
   * @param sureScore an object gets its number at once where its box scores at least this, 0 to 1
   * @param confirmFrames else, in how many frames an object has to be seen, without a break, before
   *     it gets its number, 1 to 100
   */
  public record Params(
      float highScore,
      float lowScore,
      float newScore,
      float highIou,
      float lowIou,
      float buffer,
      float bufferedIou,
      float keptSeconds,
      float sureScore,
      int confirmFrames) {
    /** For detectors of people and things, at 3 to 60 frames a second. */
    public static final Params DEFAULT = new Params(.4f, .1f, .5f, .2f, .4f, .5f, .1f, 2, .6f, 2);

    /** Checks the ranges; INVALID_ARG names what is wrong. */
    public Params {
      check("highScore", highScore, 0, 1);
      check("lowScore", lowScore, 0, highScore);
      check("newScore", newScore, highScore, 1);
      check("highIou", highIou, 0, 1);
      check("lowIou", lowIou, 0, 1);
      check("buffer", buffer, 0, 2);
      check("bufferedIou", bufferedIou, 0, 1);
      check("keptSeconds", keptSeconds, 0, 60);
      check("sureScore", sureScore, 0, 1);
      check("confirmFrames", confirmFrames, 1, 100);
    }

    /**
     * The default for an application that shows what scores at least {@code score}: all of that
     * begins tracks, and down to a third of it keeps them.
     *
     * @throws AvocetException INVALID_ARG unless 0 to 1
     */
    public static Params showing(float score) {
      check("score", score, 0, 1);
      Params d = DEFAULT;
      return new Params(
          score,
          score / 3,
          score,
          d.highIou,
          d.lowIou,
          d.buffer,
          d.bufferedIou,
          d.keptSeconds,
          d.sureScore,
          d.confirmFrames);
    }

    private static void check(String name, Number value, Number least, Number most) {
      double v = value.doubleValue();
      if (!(v >= least.doubleValue() && v <= most.doubleValue())) {
        throw AvocetException.invalidArgument(
            "%s=%s: expected %s to %s".formatted(name, value, least, most));
      }
    }
  }

  /** A box that may be followed, and what became of it. */
  private static final class Candidate {
    final int index;
    final Extent box;
    final float score;
    final int classId;
    BoxTrack track;

    Candidate(int index, Extent box, float score, int classId) {
      this.index = index;
      this.box = box;
      this.score = score;
      this.classId = classId;
    }
  }

  /** An order that depends on the boxes alone. */
  private static final Comparator<Candidate> SUREST_FIRST =
      Comparator.<Candidate>comparingDouble(c -> -c.score)
          .thenComparingInt(c -> c.classId)
          .thenComparingDouble(c -> c.box.x1())
          .thenComparingDouble(c -> c.box.y1())
          .thenComparingDouble(c -> c.box.x2())
          .thenComparingDouble(c -> c.box.y2());

  private final Params params;
  private final FrameClock clock = new FrameClock();
  private final List<BoxTrack> tracks = new ArrayList<>();
  private long nextId;

  /** Before the first frame of a video. */
  public BoxTracker(Params params) {
    this.params = Objects.requireNonNull(params);
  }

  /**
   * Goes one frame on.
   *
   * @param timeMillis when the frame is to be seen, from any beginning; where it is not a number or
   *     not later than the frame before, the step is taken to be the one before
   * @param boxes what was found, in pixels; one that is empty or not finite is not followed
   * @param scores of each box, 0 to 1
   * @param classIds of each box
   * @return for each box the number of its track, from 0 and never given twice; -1 where it is not
   *     followed, or not yet
   * @throws AvocetException INVALID_ARG where the lengths differ or a box is null; the frame does
   *     not count then
   */
  public long[] update(double timeMillis, List<Box> boxes, float[] scores, int[] classIds) {
    List<Candidate> seen = candidates(boxes, scores, classIds);
    double seconds = clock.step(timeMillis);
    tracks.forEach(track -> track.predict(seconds));
    tracks.removeIf(t -> t.unseenSeconds() > params.keptSeconds() || !t.expected().isProper());
    match(seen);
    tracks.removeIf(track -> track.unseenFrames() > 0 && !track.isConfirmed());
    begin(seen);
    long[] ids = new long[boxes.size()];
    Arrays.fill(ids, BoxTrack.NO_ID);
    for (Candidate c : seen) {
      if (c.track != null) {
        confirm(c);
        ids[c.index] = c.track.id();
      }
    }
    return ids;
  }

  /** The same for what a detector has found. */
  public long[] update(double timeMillis, List<Detection> found) {
    float[] scores = new float[found.size()];
    int[] classIds = new int[found.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = found.get(i).score();
      classIds[i] = found.get(i).classId();
    }
    return update(timeMillis, found.stream().map(Detection::box).toList(), scores, classIds);
  }

  private void confirm(Candidate seen) {
    boolean sure = seen.score >= params.sureScore() || seen.track.hits() >= params.confirmFrames();
    if (sure && !seen.track.isConfirmed()) {
      seen.track.confirm(nextId++);
    }
  }

  /** Forgets all tracks, as a source begins anew. Numbers go on where they were. */
  public void reset() {
    tracks.clear();
  }

  /** How many tracks there are, with those that are lost or not confirmed. */
  int size() {
    return tracks.size();
  }

  private List<Candidate> candidates(List<Box> boxes, float[] scores, int[] classIds) {
    if (boxes.size() != scores.length || boxes.size() != classIds.length) {
      throw AvocetException.invalidArgument(
          "boxes=%d scores=%d classIds=%d: expected as many of each"
              .formatted(boxes.size(), scores.length, classIds.length));
    }
    List<Candidate> all = new ArrayList<>();
    int index = 0;
    for (Box box : boxes) {
      if (box == null) {
        throw AvocetException.invalidArgument("boxes[" + index + "] is null: expected a box");
      }
      Extent extent = Extent.of(box);
      if (extent.isProper() && scores[index] >= params.lowScore()) {
        all.add(new Candidate(index, extent, scores[index], classIds[index]));
      }
      index++;
    }
    all.sort(SUREST_FIRST);
    return all.subList(0, Math.min(all.size(), MOST_BOXES));
  }

  private void match(List<Candidate> seen) {
    Predicate<Candidate> sure = c -> c.score >= params.highScore();
    match(BoxTrack::isConfirmed, seen, sure, 0, params.highIou());
    match(track -> !track.isConfirmed(), seen, sure, 0, params.highIou());
    match(track -> track.unseenFrames() == 1, seen, sure.negate(), 0, params.lowIou());
    if (params.buffer() > 0) {
      match(track -> true, seen, sure, params.buffer(), params.bufferedIou());
    }
  }

  /** Gives tracks of a kind, which have no box yet, boxes of a kind, which have no track yet. */
  private void match(
      Predicate<BoxTrack> whose,
      List<Candidate> seen,
      Predicate<Candidate> which,
      double buffer,
      double gate) {
    List<BoxTrack> rows = tracks.stream().filter(t -> t.unseenFrames() > 0).filter(whose).toList();
    List<Candidate> columns = seen.stream().filter(c -> c.track == null).filter(which).toList();
    List<Extent> boxes = columns.stream().map(c -> c.box.grown(buffer)).toList();
    double[][] weights = new double[rows.size()][columns.size()];
    for (int i = 0; i < weights.length; i++) {
      Extent expected = rows.get(i).expected().grown(buffer);
      for (int j = 0; j < weights[i].length; j++) {
        if (rows.get(i).classId() == columns.get(j).classId) {
          weights[i][j] = expected.overlap(boxes.get(j)) - gate;
        }
      }
    }
    int[] columnOf = Assignment.best(weights);
    for (int i = 0; i < columnOf.length; i++) {
      if (columnOf[i] >= 0) {
        Candidate candidate = columns.get(columnOf[i]);
        candidate.track = rows.get(i);
        candidate.track.see(candidate.box);
      }
    }
  }

  private void begin(List<Candidate> seen) {
    for (Candidate c : seen) {
      if (c.track == null && c.score >= params.newScore()) {
        c.track = new BoxTrack(c.classId, c.box);
        tracks.add(c.track);
      }
    }
    if (tracks.size() > MOST_TRACKS) {
      tracks.sort(Comparator.comparingDouble(BoxTrack::unseenSeconds));
      tracks.subList(MOST_TRACKS, tracks.size()).clear();
    }
  }
}
