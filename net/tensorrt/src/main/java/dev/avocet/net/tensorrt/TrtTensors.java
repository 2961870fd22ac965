package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tensors to calibrate with: {@code .npy} files in a folder for each input, named as the input with
 * {@code _} for what is no letter, digit, dot or minus; where there is one input only, they may lie
 * in the folder itself. Each file has one batch, shaped as the best shape of the profile; a first
 * extent of 1 may be left out. Files of several inputs that belong together have the same name.
 *
 * @param batches in the order of their names, each by input
 */
record TrtTensors(List<Map<String, Path>> batches) {
  private static final String ENDING = ".npy";

  /**
   * Finds all files and checks their heads.
   *
   * @param inputs the network's, with the shape of a batch
   * @throws AvocetException INVALID_ARG where a file does not fit, is missing, or there is none
   */
  static TrtTensors of(Path folder, List<TensorInfo> inputs) {
    List<Map<String, Path>> batches = new ArrayList<>();
    List<Path> first = files(folder, inputs, inputs.get(0));
    for (Path file : first) {
      Map<String, Path> batch = new HashMap<>();
      for (TensorInfo input : inputs) {
        Path own = folder(folder, inputs, input).resolve(file.getFileName());
        if (!Files.isRegularFile(own)) {
          throw AvocetException.invalidArgument(
              "calibration: %s has no fellow %s for the input %s".formatted(file, own, input));
        }
        check(own, NpyFile.of(own), input);
        batch.put(input.name(), own);
      }
      batches.add(batch);
    }
    return new TrtTensors(batches);
  }

  private static List<Path> files(Path folder, List<TensorInfo> inputs, TensorInfo input) {
    Path own = folder(folder, inputs, input);
    try (Stream<Path> entries = Files.list(own)) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      if (!files.isEmpty()) {
        return files;
      }
    } catch (IOException e) {
      throw new AvocetException(
          Status.INVALID_ARG, "calibration: %s cannot be read: %s".formatted(own, e), e);
    }
    throw AvocetException.invalidArgument(
        "calibration: there is no .npy file in %s, where tensors of the input %s are expected"
            .formatted(own, input));
  }

  private static Path folder(Path folder, List<TensorInfo> inputs, TensorInfo input) {
    Path own = folder.resolve(input.name().replaceAll("[^A-Za-z0-9.-]", "_"));
    return inputs.size() == 1 && !Files.isDirectory(own) ? folder : own;
  }

  private static void check(Path file, NpyFile npy, TensorInfo input) {
    Shape wanted = input.shape();
    boolean same =
        npy.shape().equals(wanted)
            || (wanted.rank() > 0
                && wanted.dim(0) == 1
                && npy.shape().rank() == wanted.rank() - 1
                && npy.shape().elements() == wanted.elements()
                && wanted.toString().endsWith(npy.shape().toString().substring(1)));
    if (npy.type() != input.type() || !same) {
      throw AvocetException.invalidArgument(
          "calibration: %s is %s%s, the network's input is %s, in the profile's best shape"
              .formatted(file, npy.type(), npy.shape(), input));
    }
  }
}
