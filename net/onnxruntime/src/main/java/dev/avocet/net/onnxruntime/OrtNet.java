package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.Lifetime;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.OrtTypeInfo;

/**
 * A network opened by ONNX Runtime. Thread safe. The session lives until the net and all of its
 * slots are closed, so closing in the wrong order harms nothing.
 */
final class OrtNet implements Net {
  final OrtRuntime runtime;
  final OrtSession session;
  final OrtRunOptions runOptions = new OrtRunOptions();
  private final String file;
  private final String description;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private final Lifetime lifetime;

  private OrtNet(OrtRuntime runtime, String file, OrtSession session, String runsOn, int threads) {
    this.runtime = runtime;
    this.file = file;
    this.session = session;
    this.lifetime = new Lifetime("the network " + file, this::free);
    this.description =
        "ONNX Runtime %s on %s, %d threads".formatted(runtime.version(), runsOn, threads);
    this.inputs = describe(true);
    this.outputs = describe(false);
    runtime.check(runtime.api.CreateRunOptions(runOptions));
  }

  static OrtNet open(OrtRuntime runtime, ModelFiles files, String file, OrtOptions options) {
    Path path = files.path(file).orElse(null);
    OrtSessions.Source source =
        new OrtSessions.Source(
            path == null ? file + " of " + files.origin() : path.toString(),
            path,
            path == null ? ByteBuffer.wrap(files.read(file)) : null);
    OrtSessions sessions = new OrtSessions(runtime, options);
    OrtSession session =
        options.optimizedModel().isPresent()
            ? new OptimizedModel(runtime, sessions, source, options).open()
            : sessions.open(source);
    try {
      return new OrtNet(
          runtime,
          source.name(),
          session,
          String.join(",", sessions.providers()),
          options.threads());
    } catch (RuntimeException e) {
      runtime.api.ReleaseSession(session);
      throw e;
    }
  }

  private List<TensorInfo> describe(boolean input) {
    try (SizeTPointer count = new SizeTPointer(1)) {
      runtime.check(
          input
              ? runtime.api.SessionGetInputCount(session, count)
              : runtime.api.SessionGetOutputCount(session, count));
      List<TensorInfo> infos = new ArrayList<>();
      for (long i = 0; i < count.get(); i++) {
        infos.add(describe(input, i));
      }
      return List.copyOf(infos);
    }
  }

  private TensorInfo describe(boolean input, long index) {
    String name = name(input, index);
    OrtTypeInfo info = new OrtTypeInfo();
    runtime.check(
        input
            ? runtime.api.SessionGetInputTypeInfo(session, index, info)
            : runtime.api.SessionGetOutputTypeInfo(session, index, info));
    try (IntPointer code = new IntPointer(1);
        SizeTPointer rank = new SizeTPointer(1)) {
      // Borrowed from info; null where it is no tensor.
      OrtTensorTypeAndShapeInfo tensor = new OrtTensorTypeAndShapeInfo();
      runtime.check(runtime.api.CastTypeInfoToTensorInfo(info, tensor));
      code.put(0);
      long[] dims = {};
      if (!tensor.isNull()) {
        runtime.check(runtime.api.GetTensorElementType(tensor, code));
        runtime.check(runtime.api.GetDimensionsCount(tensor, rank));
        dims = new long[(int) rank.get()];
        runtime.check(runtime.api.GetDimensions(tensor, dims, dims.length));
      }
      DataType type =
          OrtTypes.type(code.get())
              .orElseThrow(
                  () ->
                      AvocetException.notSupported(
                          "%s: %s \"%s\" is %s; supported are tensors of %s"
                              .formatted(
                                  file,
                                  input ? "input" : "output",
                                  name,
                                  OrtTypes.describe(code.get()),
                                  List.of(DataType.values()))));
      return new TensorInfo(name, type, Shape.of(dims));
    } finally {
      runtime.api.ReleaseTypeInfo(info);
    }
  }

  private String name(boolean input, long index) {
    BytePointer name = new BytePointer((Pointer) null);
    runtime.check(
        input
            ? runtime.api.SessionGetInputName(session, index, runtime.allocator, name)
            : runtime.api.SessionGetOutputName(session, index, runtime.allocator, name));
    String text = name.getString(java.nio.charset.StandardCharsets.UTF_8);
    runtime.check(runtime.api.AllocatorFree(runtime.allocator, name));
    return text;
  }

  /** The file, for messages. */
  String file() {
    return file;
  }

  @Override
  public String description() {
    return description;
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
  public NetSlot slot() {
    lifetime.acquire();
    try {
      return new OrtSlot(this);
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
    runtime.api.ReleaseRunOptions(runOptions);
    runtime.api.ReleaseSession(session);
  }

  @Override
  public void close() {
    lifetime.close();
  }

  @Override
  public String toString() {
    return file + ", " + description;
  }
}
