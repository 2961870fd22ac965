package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that begin with a pass, compiled for the last few passes. Thread safe: who needs one
 * that another thread compiles waits for it.
 */
final class OvPasses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OvPasses.class);

  private final int most;
  private final Map<OvPass, Optional<OvCompiled>> kept = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * @param most for how many passes a network is kept, at least 1
   */
  OvPasses(int most) {
    this.most = most;
  }

  /** What compiles a network with a pass before it. */
  interface Compiling {
    OvCompiled compile(OvPass pass);
  }

  /**
   * The network for a pass, for the caller to close; empty where OpenVINO refused it, which is
   * tried once and logged.
   */
  synchronized Optional<OvCompiled> compiled(OvPass pass, Compiling compiling) {
    Optional<OvCompiled> found = kept.get(pass);
    if (found == null) {
      found = compile(pass, compiling);
      kept.put(pass, found);
      if (kept.size() > most) {
        Optional<OvCompiled> oldest = kept.values().iterator().next();
        kept.values().remove(oldest);
        // Slots that still use it have requests, which retain it.
        oldest.ifPresent(OvCompiled::close);
      }
    }
    return found.map(OvCompiled::retain);
  }

  private static Optional<OvCompiled> compile(OvPass pass, Compiling compiling) {
    try {
      return Optional.of(compiling.compile(pass));
    } catch (AvocetException e) {
      LOG.warn("preprocessing stays outside of the network: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(one -> one.ifPresent(OvCompiled::close));
    kept.clear();
  }
}
