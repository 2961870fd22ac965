package dev.avocet.net.tensorrt;

import dev.avocet.Detector;
import dev.avocet.HandleBuilder;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.NetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A detector's whole call beside the GPU's own time for its network by CUDA events, a block of one
 * beside a block of the other. Arguments: model folder, picture, precision, and for a network whose
 * input varies {@code NAME:EXTENTxEXTENT…}.
 *
 * <p>Not run yet: nobody here had a GPU.
 */
public final class GpuNetworkBench {
  private static final int ROUNDS = 21;
  private static final int CALLS = 50;

  private GpuNetworkBench() {}

  /** Runs the pairs and prints what they gave. */
  public static void main(String[] args) {
    Path model = Path.of(args[0]);
    Map<String, String> options = new TreeMap<>();
    options.put("precision", args.length > 2 ? args[2] : "fp16");
    if (args.length > 3) {
      options.put("profile", args[3]);
    }
    Device gpu = Device.parse("tensorrt:cuda:0");
    HandleBuilder<Detector> builder = Detector.builder(model).device(gpu);
    options.forEach(builder::engineOption);
    try (TrtNet net =
            (TrtNet)
                new TrtProvider()
                    .open(
                        ModelFiles.directory(model),
                        "end2end.onnx",
                        "",
                        gpu,
                        new NetOptions(0, options));
        Detector detector = builder.open();
        Image image = Image.read(Path.of(args[1]))) {
      System.out.println("# " + net.description() + " " + options);
      try (Network plain = new Network(net, false);
          Network graph = new Network(net, true)) {
        measure(model, plain, graph, detector, image);
      }
    }
  }

  private static void measure(
      Path model, Network plain, Network graph, Detector detector, Image image) {
    for (int i = 0; i < 3; i++) {
      plain.millis();
      graph.millis();
      wholeMillis(detector, image);
    }
    double[] plains = new double[ROUNDS];
    double[] graphs = new double[ROUNDS];
    double[] wholes = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      plains[i] = plain.millis();
      graphs[i] = graph.millis();
      wholes[i] = wholeMillis(detector, image);
      ratios[i] = wholes[i] / graphs[i];
    }
    System.out.printf(
        Locale.ROOT,
        "%s alternations=%d calls=%d network_ms=%.4f without_graph_ms=%.4f whole_call_ms=%.4f"
            + " ratio_median=%.3f lower_quartile=%.3f upper_quartile=%.3f%n",
        model.getFileName(),
        ROUNDS,
        CALLS,
        quantile(graphs, 0.5),
        quantile(plains, 0.5),
        quantile(wholes, 0.5),
        quantile(ratios, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  private static double wholeMillis(Detector detector, Image image) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      detector.detect(image);
    }
    return (System.nanoTime() - start) / 1e6 / CALLS;
  }

  private static double quantile(double[] values, double at) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(at * (sorted.length - 1))];
  }

  /** The network with its inputs on the GPU already, and its outputs left there. */
  private static final class Network implements AutoCloseable {
    private final TrtNet net;
    private final List<AutoCloseable> made = new ArrayList<>();
    private final CudaStream stream;
    private final CudaEvent before;
    private final CudaEvent after;
    private final TrtExecution execution;

    Network(TrtNet net, boolean graph) {
      this.net = net;
      net.context().enter();
      try {
        stream = keep(new CudaStream());
        before = keep(new CudaEvent(true));
        after = keep(new CudaEvent(true));
        long scratch = net.engine().getDeviceMemorySizeV2();
        long place = keep(new DeviceBuffer()).reserve(scratch);
        execution = keep(new TrtExecution(net, stream, place, scratch, graph));
        bind();
      } finally {
        net.context().leave();
      }
    }

    private <T extends AutoCloseable> T keep(T thing) {
      made.add(0, thing);
      return thing;
    }

    private void bind() {
      List<TrtPort> inputs = net.ports().inputs();
      List<Shape> shapes =
          Stream.iterate(0, i -> i < inputs.size(), i -> i + 1).map(this::best).toList();
      execution.reshape(shapes);
      for (int i = 0; i < inputs.size(); i++) {
        long bytes = shapes.get(i).elements() * inputs.get(i).info().type().bytes();
        execution.input(i, keep(new DeviceBuffer()).reserve(bytes));
      }
      List<TrtPort> outputs = net.ports().outputs();
      for (int i = 0; i < outputs.size(); i++) {
        Shape shape = execution.outputShape(i);
        TrtOutput output = keep(new TrtOutput(outputs.get(i), false));
        if (shape == null) {
          execution.output(i, output, false);
        } else {
          execution.output(i, output.address(shape, false));
        }
      }
    }

    /** What the first profile is fastest for. */
    private Shape best(int input) {
      return net.ports().profiles().all().get(0).get(input).opt();
    }

    double millis() {
      net.context().enter();
      try {
        double sum = 0;
        for (int i = 0; i < CALLS; i++) {
          before.record(stream);
          execution.enqueue();
          after.record(stream);
          after.synchronize();
          sum += after.millisSince(before);
        }
        return sum / CALLS;
      } finally {
        net.context().leave();
      }
    }

    @Override
    public void close() {
      net.context().enter();
      try {
        Closing.all(made.toArray(new AutoCloseable[0]));
      } finally {
        net.context().leave();
      }
    }
  }
}
