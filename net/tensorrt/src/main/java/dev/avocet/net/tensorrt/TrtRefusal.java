package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why TensorRT does not take an engine, and what to do. */
final class TrtRefusal {
  /** TensorRT's words about an engine of another release or of no engine at all. */
  private static final Pattern RELEASE =
      Pattern.compile(
          "(?is).*(version tag does not match|serialized engine version|expecting library version|kSERIALIZATION_VERSION).*");

  private static final Pattern DEVICE =
      Pattern.compile("(?is).*incompatible device.*?expecting compute ([0-9.]+)[^0-9]+([0-9.]+).*");

  private static final Pattern PLATFORM =
      Pattern.compile(
          "(?is).*(platform (tag )?mismatch|different platform|incompatible platform).*");

  private static final Pattern MAGIC = Pattern.compile("(?is).*magic ?tag.*");

  private TrtRefusal() {}

  /**
   * The exception for a refused engine.
   *
   * @param name of the engine's file
   * @param failure TensorRT's words
   * @param place where it was to run
   * @param network the .onnx of the same stem beside it, if there is one
   */
  static AvocetException of(
      String name, TrtFailure failure, TrtPlace place, Optional<String> network) {
    String said = failure.text();
    String advice =
        network
            .map("; open %s instead, which lies beside it and is built for this device"::formatted)
            .orElse(
                "; engines run only where they were built: open the network's .onnx, which is built for this device");
    Matcher device = DEVICE.matcher(said);
    if (RELEASE.matcher(said).matches()) {
      return refused(name, "was built by another release than " + place + advice, said);
    }
    if (device.matches()) {
      return refused(
          name,
          "was built for a GPU of compute capability %s, here is %s"
                  .formatted(device.group(2), place)
              + advice,
          said);
    }
    if (PLATFORM.matcher(said).matches()) {
      return refused(name, "was built on another kind of machine, here is " + place + advice, said);
    }
    if (MAGIC.matcher(said).matches()) {
      return new AvocetException(
          Status.FAIL,
          "%s is no engine of TensorRT, or damaged%s; TensorRT: %s".formatted(name, advice, said));
    }
    return failure.toException(Status.FAIL, name + " cannot be read by " + place + advice);
  }

  private static AvocetException refused(String name, String why, String said) {
    return AvocetException.notSupported("%s %s; TensorRT: %s".formatted(name, why, said));
  }
}
