package dev.avocet.net.tensorrt;

import org.bytedeco.tensorrt.nvinfer.IRuntime;

/** Stands for the one of branch t-base until it is merged. */
final class TrtRuntime {
  private final IRuntime runtime = new IRuntime((org.bytedeco.javacpp.Pointer) null);

  String version() {
    return "10.15.1";
  }

  int versionNumber() {
    return 101501;
  }

  IRuntime runtime() {
    return runtime;
  }
}
