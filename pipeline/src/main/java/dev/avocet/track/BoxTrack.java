package dev.avocet.track;

/** One object followed. Confined to one thread. */
final class BoxTrack {
  /** The number of a track that is not confirmed. */
  static final long NO_ID = -1;

  private final int classId;
  private final BoxMotion motion;
  private long id = NO_ID;
  private int hits;
  private int unseenFrames;
  private double unseenSeconds;
  private Extent expected;

  BoxTrack(int classId, Extent box) {
    this.classId = classId;
    motion = new BoxMotion(box);
    expected = box;
    hits = 1;
  }

  /** One frame on, so many seconds later. */
  void predict(double seconds) {
    motion.predict(seconds, unseenFrames == 0);
    expected = motion.box();
    unseenFrames++;
    unseenSeconds += seconds;
  }

  /** Goes on with what was seen in this frame. */
  void see(Extent box) {
    motion.correct(box);
    expected = motion.box();
    hits++;
    unseenFrames = 0;
    unseenSeconds = 0;
  }

  void confirm(long newId) {
    id = newId;
  }

  boolean isConfirmed() {
    return id != NO_ID;
  }

  /** {@link #NO_ID} until it is confirmed. */
  long id() {
    return id;
  }

  int classId() {
    return classId;
  }

  /** In how many frames it was seen. */
  int hits() {
    return hits;
  }

  /** How many frames ago it was seen last; 0 for this one. */
  int unseenFrames() {
    return unseenFrames;
  }

  double unseenSeconds() {
    return unseenSeconds;
  }

  /** Where it is expected in this frame. */
  Extent expected() {
    return expected;
  }
}
