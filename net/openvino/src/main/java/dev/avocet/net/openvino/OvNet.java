package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.Lifetime;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network opened by OpenVINO. Thread safe. It lives until the net and all of its slots are
 * closed, so closing in the wrong order harms nothing.
 *
 * <p>A network whose inputs may vary runs several times slower than one that was compiled for the
 * shapes at hand. So the first shapes that come are compiled for at once; each further one when it
 * has come {@value #OFTEN} times, in place of the one that has not been used for longest.
 */
final class OvNet implements Net {
  /** Runs on the network as it is, before a shape is worth compiling for. */
  private static final int OFTEN = 8;

  /** Of so many shapes it is remembered how often they came. */
  private static final int REMEMBERED = 64;

  private final OvCompiler compiler;
  private final OvCompiled whole;
  private final boolean fixed;
  private final String description;
  private final ReentrantLock compiling = new ReentrantLock();
  private final Map<List<Shape>, OvCompiled> byShape = new LinkedHashMap<>(8, 0.75f, true);
  private final Map<List<Shape>, Integer> counts = new LinkedHashMap<>(8, 0.75f, true);
  private final OvPasses passes;
  private final Lifetime lifetime;

  /** Compiles the network; takes over the compiler, but for a failure. */
  OvNet(OvCompiler compiler) {
    this.compiler = compiler;
    this.lifetime = new Lifetime("the network " + compiler.source.name(), this::free);
    this.passes = new OvPasses(Math.max(1, compiler.options.shapes()));
    this.whole =
        compiler
            .compile(List.of())
            .orElseThrow(() -> new IllegalStateException("compiled before it could change"));
    this.fixed = whole.facts().isFixed();
    String threads = whole.facts().threads();
    this.description =
        "OpenVINO %s on %s%s"
            .formatted(
                compiler.runtime.version(),
                compiler.options.device().name(),
                threads.isEmpty() ? "" : ", " + threads + " threads");
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<TensorInfo> inputs() {
    return whole.inputs();
  }

  @Override
  public List<TensorInfo> outputs() {
    return whole.outputs();
  }

  /** The file, for messages. */
  String file() {
    return compiler.source.name();
  }

  OvRuntime runtime() {
    return compiler.runtime;
  }

  OvOptions options() {
    return compiler.options;
  }

  /**
   * What runs these shapes best: compiled for them, or the network as it is.
   *
   * @return for the caller to close
   * @throws AvocetException FAIL where the network does not take them
   */
  OvCompiled compiled(List<Shape> shapes) {
    // OpenVINO makes no network for an extent of 0, but runs one that leaves it open.
    if (settles(whole) || shapes.stream().anyMatch(shape -> shape.elements() == 0)) {
      return whole.retain();
    }
    synchronized (byShape) {
      OvCompiled found = byShape.get(shapes);
      if (found != null) {
        return found.retain();
      }
      int count = counts.merge(shapes, 1, Integer::sum);
      forget(counts, REMEMBERED);
      if (count < OFTEN && byShape.size() >= compiler.options.shapes()) {
        return whole.retain();
      }
    }
    // Who finds another thread compiling does not wait for it.
    if (!compiling.tryLock()) {
      return whole.retain();
    }
    try {
      return compiledHere(shapes);
    } finally {
      compiling.unlock();
    }
  }

  /** Only one thread at a time is here. */
  private OvCompiled compiledHere(List<Shape> shapes) {
    synchronized (byShape) {
      OvCompiled found = byShape.get(shapes);
      if (found != null) {
        return found.retain();
      }
    }
    Optional<OvCompiled> compiled = compiler.compile(shapes);
    if (compiled.isEmpty()) {
      return whole.retain();
    }
    OvCompiled made = compiled.get();
    synchronized (byShape) {
      byShape.put(shapes, made);
      counts.remove(shapes);
      if (byShape.size() > compiler.options.shapes()) {
        OvCompiled oldest = byShape.values().iterator().next();
        byShape.values().remove(oldest);
        // Slots that still use it have requests, which retain it.
        oldest.close();
      }
      return made.retain();
    }
  }

  @Override
  public Optional<String> pictureObjection(int input, AffinePass pass, Image picture) {
    return OvPass.objection(pass, picture, inputs());
  }

  /** Where a picture has to be brought to the device, its bytes are fewer than those of floats. */
  @Override
  public boolean prefersPictures() {
    return compiler.options.device().isAccelerator();
  }

  @Override
  public boolean compilesPictures() {
    return true;
  }

  /**
   * What runs a pass and then the network, for the caller to close; empty where OpenVINO refused to
   * compile it.
   */
  Optional<OvCompiled> compiled(OvPass pass) {
    return passes.compiled(pass, this::compile);
  }

  private OvCompiled compile(OvPass pass) {
    List<Shape> shapes = fixed ? List.of() : List.of(pass.pass().shape(1));
    compiling.lock();
    try {
      return compiler.compile(pass, shapes);
    } finally {
      compiling.unlock();
    }
  }

  /** Whether nothing better is to be expected for the shapes that it was chosen for. */
  boolean settles(OvCompiled compiled) {
    return compiled != whole || fixed || compiler.options.shapes() == 0;
  }

  private static void forget(Map<?, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  @Override
  public NetSlot slot() {
    lifetime.acquire();
    try {
      return new OvSlot(this);
    } catch (RuntimeException e) {
      lifetime.release();
      throw e;
    }
  }

  /** Users: this net and its slots. */
  Lifetime lifetime() {
    return lifetime;
  }

  private void free() {
    byShape.values().forEach(OvCompiled::close);
    passes.close();
    whole.close();
    compiler.close();
  }

  @Override
  public void close() {
    lifetime.close();
  }

  @Override
  public String toString() {
    return file() + ", " + description;
  }
}
