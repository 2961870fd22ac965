package dev.avocet.postprocess.ppocr;

import dev.avocet.core.postprocess.NetOutputs;

/** PaddleOCR's networks have one output, whose name differs from release to release. Stateless. */
final class SoleOutput {
  private static final String OUTPUT = "output";

  private SoleOutput() {}

  /** The name of the only output there is, else the one that is called "output". */
  static String name(NetOutputs outputs) {
    return outputs.names().size() == 1 ? outputs.names().get(0) : OUTPUT;
  }
}
