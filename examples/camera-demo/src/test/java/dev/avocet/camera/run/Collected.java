package dev.avocet.camera.run;

import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import java.util.ArrayList;
import java.util.List;

/** Keeps the observations of all sources. Thread safe. */
final class Collected implements Observer {
  private final boolean pictures;
  private final List<Observation> seen = new ArrayList<>();

  Collected(boolean pictures) {
    this.pictures = pictures;
  }

  @Override
  public boolean wantsPictures(String source) {
    return pictures;
  }

  @Override
  public synchronized void seen(Observation observation) {
    seen.add(observation);
  }

  synchronized List<Observation> of(String source) {
    return seen.stream().filter(o -> o.source().equals(source)).toList();
  }
}
