package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.LayerTime;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run in flight. No context of CUDA stays current for the caller's thread. A run in the shapes
 * of the last takes no memory.
 *
 * <p>For one thread at a time; another may close it at any moment, which waits for the run.
 */
final class TrtSlot implements NetSlot {
  private final TrtNet net;
  private final TrtSlotRun run;
  private final TrtInput[] inputs;
  private final TrtOutput[] outputs;
  // Whether the last run has succeeded.
  private boolean answered;
  private boolean started;
  private boolean closed;

  /** In the net's context, which has been entered. */
  TrtSlot(TrtNet net) {
    this.net = net;
    this.run = new TrtSlotRun(net);
    this.inputs = run.inputs();
    this.outputs = run.outputs();
  }

  @Override
  public synchronized Tensor input(int index, Shape shape) {
    checkFree();
    checkInput(index);
    TrtInput input = inputs[index];
    if (input.drawn()) {
      input.undraw();
      run.reshaped();
    }
    if (input.tensor() != null && input.tensor().shape().equals(shape)) {
      return input.tensor();
    }
    if (!shape.isStatic() || !takes(index, shape)) {
      throw AvocetException.invalidArgument(
          "shape=%s: input %s of %s takes %s"
              .formatted(
                  shape, input.port.info(), net.file(), net.ports().profiles().describe(index)));
    }
    run.reshaped();
    return inContext(() -> input.reshape(shape));
  }

  private boolean takes(int index, Shape shape) {
    return inputs[index].port.info().shape().accepts(shape)
        && net.ports().profiles().accept(index, shape);
  }

  private void checkInput(int index) {
    if (index < 0 || index >= inputs.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "input index=%d: %s has %d".formatted(index, net.file(), inputs.length));
    }
  }

  @Override
  public synchronized boolean pictures(int index, List<AffinePass> passes, List<Image> pictures) {
    checkFree();
    checkInput(index);
    Shape shape = passes.get(0).shape(passes.size());
    if (!takes(index, shape)) {
      return false;
    }
    for (int i = 0; i < passes.size(); i++) {
      if (net.pictureObjection(index, passes.get(i), pictures.get(i)).isPresent()) {
        return false;
      }
    }
    if (!inputs[index].drawn() || !inputs[index].shape().equals(shape)) {
      run.reshaped();
    }
    inContext(
        () -> {
          run.draw(index, shape, passes, pictures);
          return true;
        });
    return true;
  }

  @Override
  public synchronized void run() {
    prepare();
    net.context().enter();
    try {
      run.run();
    } finally {
      net.context().leave();
    }
    answered = true;
  }

  @Override
  public synchronized void start(Runnable ended) {
    prepare();
    net.context().enter();
    try {
      run.start(ended);
    } finally {
      net.context().leave();
    }
    started = true;
  }

  @Override
  public synchronized void finish() {
    if (closed) {
      throw closedSlot();
    }
    if (started) {
      started = false;
      net.context().enter();
      try {
        run.finish();
      } finally {
        net.context().leave();
      }
      answered = true;
    }
  }

  private void prepare() {
    checkFree();
    answered = false;
    for (TrtInput input : inputs) {
      if (input.shape() == null) {
        throw AvocetException.invalidArgument(
            "input " + input.port.info() + " of " + net.file() + " has not been given");
      }
    }
  }

  private <T> T inContext(Supplier<T> call) {
    net.context().enter();
    try {
      return call.get();
    } finally {
      net.context().leave();
    }
  }

  @Override
  public synchronized Tensor output(int index) {
    checkOpen();
    if (index < 0 || index >= outputs.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "output index=%d: %s has %d".formatted(index, net.file(), outputs.length));
    }
    if (!answered) {
      throw AvocetException.invalidArgument(
          "output " + net.outputs().get(index) + ": there is none before a run that succeeds");
    }
    return outputs[index].tensor();
  }

  @Override
  public synchronized List<LayerTime> layers() {
    checkOpen();
    return answered ? run.layers() : List.of();
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
      try {
        net.context().enter();
        try {
          run.close();
        } finally {
          net.context().leave();
        }
      } finally {
        net.lifetime().release();
      }
    }
  }
}
