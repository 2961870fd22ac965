package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.TensorBuffer;
import dev.avocet.core.net.LayerTime;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run in flight: memory for the inputs, and a request for each of the networks compiled lately
 * that this slot has used. A run in the shapes of the last takes no memory.
 *
 * <p>For one thread at a time; another may close it at any moment, which waits for the run.
 */
final class OvSlot implements NetSlot {
  private final OvNet net;
  private final TensorBuffer[] inputs;
  private final Map<OvCompiled, OvRequest> requests = new LinkedHashMap<>(4, 0.75f, true);
  private final TensorBuffer pixels = new TensorBuffer(DataType.UINT8);
  // Null until a run is started without waiting.
  private OvCallback callback;
  // The network compiled for the shapes at hand; null once one of them has changed.
  private OvRequest current;
  // Whether it is compiled for them, so that nothing better is to be expected.
  private boolean settled;
  // Whether the next run takes a picture in place of the inputs.
  private boolean pictured;
  // The request of the last run, where it has succeeded.
  private OvRequest answered;
  private boolean started;
  private boolean closed;

  OvSlot(OvNet net) {
    this.net = net;
    this.inputs =
        net.inputs().stream().map(i -> new TensorBuffer(i.type())).toArray(TensorBuffer[]::new);
  }

  @Override
  public synchronized Tensor input(int index, Shape shape) {
    checkFree();
    if (index < 0 || index >= inputs.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "input index=%d: %s has %d".formatted(index, net.file(), inputs.length));
    }
    if (pictured) {
      pictured = false;
      current = null;
    }
    TensorBuffer buffer = inputs[index];
    if (buffer.tensor() != null && buffer.tensor().shape().equals(shape)) {
      return buffer.tensor();
    }
    TensorInfo info = net.inputs().get(index);
    if (!shape.isStatic() || !info.shape().accepts(shape)) {
      throw AvocetException.invalidArgument(
          "shape=%s: input \"%s\" of %s takes %s".formatted(shape, info.name(), net.file(), info));
    }
    current = null;
    return buffer.reshape(shape);
  }

  @Override
  public synchronized boolean pictures(int index, List<AffinePass> passes, List<Image> pictures) {
    checkFree();
    // What is put before a network is for one geometry, and those that share a run may differ.
    return passes.size() == 1 && picture(index, passes.get(0), pictures.get(0));
  }

  private boolean picture(int index, AffinePass pass, Image picture) {
    if (net.pictureObjection(index, pass, picture).isPresent()) {
      return false;
    }
    OvPass own = OvPass.of(pass, picture.format());
    Optional<OvCompiled> compiled = net.compiled(own);
    if (compiled.isEmpty()) {
      return false;
    }
    try (OvCompiled network = compiled.get()) {
      Rect window = pass.source();
      Shape shape = own.pixels().shape(window.width(), window.height());
      if (pixels.tensor() == null || !pixels.tensor().shape().equals(shape)) {
        pixels.reshape(shape);
      }
      own.pixels().copy(picture, window, pixels.tensor());
      current = request(network);
    }
    pictured = true;
    return true;
  }

  @Override
  public synchronized void run() {
    prepare();
    check(current.run());
    answer();
  }

  @Override
  public synchronized void start(Runnable ended) {
    prepare();
    if (callback == null) {
      callback = new OvCallback();
    }
    callback.expect(ended);
    check(current.start(callback.struct()));
    started = true;
  }

  @Override
  public synchronized void finish() {
    if (closed) {
      throw closedSlot();
    }
    if (started) {
      started = false;
      check(current.finish());
      answer();
    }
  }

  private void prepare() {
    checkFree();
    answered = null;
    if (pictured) {
      current.input(0, pixels.tensor());
      return;
    }
    if (current == null || !settled) {
      choose();
    }
    for (int i = 0; i < inputs.length; i++) {
      current.input(i, inputs[i].tensor());
    }
  }

  private void choose() {
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].tensor() == null) {
        throw AvocetException.invalidArgument(
            "input " + net.inputs().get(i) + " of " + net.file() + " has not been given");
      }
    }
    List<Shape> shapes = Arrays.stream(inputs).map(buffer -> buffer.tensor().shape()).toList();
    try (OvCompiled compiled = net.compiled(shapes)) {
      settled = net.settles(compiled);
      current = request(compiled);
    }
  }

  private OvRequest request(OvCompiled compiled) {
    OvRequest request = requests.get(compiled);
    if (request == null) {
      request = new OvRequest(net.runtime(), compiled);
      requests.put(compiled, request);
      dropOldest();
    }
    return request;
  }

  /** As many as the net keeps, and the one of the network as it is. */
  private void dropOldest() {
    if (requests.size() > net.options().shapes() + 1) {
      Iterator<OvRequest> oldest = requests.values().iterator();
      OvRequest dropped = oldest.next();
      oldest.remove();
      dropped.close();
    }
  }

  private void check(int status) {
    if (status != 0) {
      throw OvRuntime.failure(status).toException(Status.FAIL, net.file() + ": the run failed");
    }
  }

  private void answer() {
    current.collect();
    answered = current;
  }

  @Override
  public synchronized Tensor output(int index) {
    checkOpen();
    int count = net.outputs().size();
    if (index < 0 || index >= count) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "output index=%d: %s has %d".formatted(index, net.file(), count));
    }
    if (answered == null) {
      throw AvocetException.invalidArgument(
          "output " + net.outputs().get(index) + ": there is none before a run that succeeds");
    }
    return answered.output(index);
  }

  @Override
  public synchronized List<LayerTime> layers() {
    checkOpen();
    return answered != null && net.options().profiles() ? answered.layers() : List.of();
  }

  private void checkOpen() {
    if (closed) {
      throw closedSlot();
    }
    net.lifetime().checkOpen();
  }

  private AvocetException closedSlot() {
    return new AvocetException(Status.CLOSED, "the slot of " + net.file() + " is closed");
  }

  /** A run that goes on reads the inputs. */
  private void checkFree() {
    checkOpen();
    if (started) {
      throw AvocetException.invalidArgument(
          "the slot of " + net.file() + " has a run that was started: finish() it first");
    }
  }

  /** Waits for a run that has been started, which still tells of its end. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (started) {
        current.finish();
      }
      requests.values().forEach(OvRequest::close);
      if (callback != null) {
        callback.close();
      }
      Stream.of(inputs).forEach(TensorBuffer::close);
      pixels.close();
      net.lifetime().release();
    }
  }
}
