package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.Lifetime;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;
import java.util.Optional;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/**
 * A network opened by TensorRT. Thread safe. It lives until the net and all of its slots are
 * closed, so closing in the wrong order harms nothing.
 */
final class TrtNet implements Net {
  private final TrtRuntime runtime;
  private final CudaContext context;
  private final ICudaEngine engine;
  private final TrtOptions options;
  private final String file;
  private final TrtPorts ports;
  private final MappedChoice mapping;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private final Lifetime lifetime;

  /**
   * Takes over the context and the engine, but for a failure. The context has been entered.
   *
   * @param file for messages
   * @throws AvocetException NOT_SUPPORTED where the engine's inputs or outputs cannot be ours
   */
  TrtNet(
      TrtRuntime runtime,
      CudaContext context,
      ICudaEngine engine,
      TrtOptions options,
      String file) {
    this.runtime = runtime;
    this.context = context;
    this.engine = engine;
    this.options = options;
    this.file = file;
    this.mapping = new MappedChoice(options.mapped(), context.device, System::nanoTime);
    this.ports = new TrtPorts(engine, file);
    this.inputs = ports.inputs().stream().map(TrtPort::info).toList();
    this.outputs = ports.outputs().stream().map(TrtPort::info).toList();
    this.lifetime = new Lifetime("the network " + file, this::free);
  }

  @Override
  public String description() {
    return "TensorRT %s on cuda:%d (%s, %s)"
        .formatted(
            runtime.version(),
            context.device.index(),
            context.device.name(),
            context.device.architecture());
  }

  @Override
  public List<TensorInfo> inputs() {
    return inputs;
  }

  @Override
  public List<TensorInfo> outputs() {
    return outputs;
  }

  @Override
  public Optional<String> pictureObjection(int input, AffinePass pass, Image picture) {
    if (ports.inputs().get(input).host()) {
      return Optional.of("TensorRT reads this input in the host's memory");
    }
    return runtime.nvrtcMissing().or(() -> PassRunner.objection(pass, picture, inputs.get(input)));
  }

  /** The bytes of a picture are fewer than those of floats, and the GPU samples faster. */
  @Override
  public boolean prefersPictures() {
    return true;
  }

  @Override
  public boolean asynchronous() {
    return true;
  }

  @Override
  public NetSlot slot() {
    lifetime.acquire();
    try {
      context.enter();
      try {
        return new TrtSlot(this);
      } finally {
        context.leave();
      }
    } catch (RuntimeException e) {
      lifetime.release();
      throw e;
    }
  }

  /** Users: this net and its slots. */
  Lifetime lifetime() {
    return lifetime;
  }

  TrtRuntime runtime() {
    return runtime;
  }

  CudaContext context() {
    return context;
  }

  ICudaEngine engine() {
    return engine;
  }

  TrtOptions options() {
    return options;
  }

  TrtPorts ports() {
    return ports;
  }

  MappedChoice mapping() {
    return mapping;
  }

  /** For messages. */
  String file() {
    return file;
  }

  private void free() {
    Closing.all(ports, this::freeEngine, context);
  }

  private void freeEngine() {
    context.enter();
    try {
      TrtObjects.free(engine);
    } finally {
      context.leave();
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }

  @Override
  public String toString() {
    return file + ", " + description();
  }
}
