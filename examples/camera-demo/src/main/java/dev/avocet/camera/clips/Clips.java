package dev.avocet.camera.clips;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.config.ClipsConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import java.nio.file.Path;
import java.util.Optional;

/** Signatures only, until the branch that has it is merged. */
public final class Clips implements Observer, AutoCloseable {
  /** Not yet. */
  public Clips(ClipsConfig config) {
    throw new UnsupportedOperationException(config.folder());
  }

  /** Not yet. */
  public void save(String source) {
    throw new UnsupportedOperationException();
  }

  /** Not yet. */
  public ArrayNode list() {
    throw new UnsupportedOperationException();
  }

  /** Not yet. */
  public Optional<Path> file(String name) {
    throw new UnsupportedOperationException();
  }

  /** Not yet. */
  public boolean delete(String name) {
    throw new UnsupportedOperationException();
  }

  /** Not yet. */
  public ObjectNode stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean wantsPictures(String source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void seen(Observation observation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
