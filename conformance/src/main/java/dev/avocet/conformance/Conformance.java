package dev.avocet.conformance;

import static java.util.Map.entry;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs case folders and compares the answers with the reference's.
 *
 * <pre>{@code
 * Path cases = Path.of("../shared/conformance/cases");
 * for (Path one : Conformance.cases(cases)) {
 *   Verdict verdict = Conformance.run(one, Conformance.imagesOf(cases), RunOptions.DEFAULT);
 *   System.out.println(one.getFileName() + " " + verdict);
 * }
 * }</pre>
 *
 * <p>Stateless and thread safe.
 */
public final class Conformance {
  /** A task is added here. */
  private static final Map<String, TaskRunner> TASKS =
      Map.ofEntries(
          entry("Classifier", new ClassifierCases()),
          entry("Detector", new DetectorCases()),
          entry("Pipeline", new PipelineCases()),
          entry("PoseDetector", new PoseDetectorCases()),
          entry("PoseTracker", new PoseTrackerCases()),
          entry("Restorer", new RestorerCases()),
          entry("RotatedDetector", new RotatedDetectorCases()),
          entry("Segmentor", new SegmentorCases()),
          entry("TextDetector", new TextDetectorCases()),
          entry("TextRecognizer", new TextRecognizerCases()),
          entry("VideoRecognizer", new VideoRecognizerCases()));

  private Conformance() {}

  /**
   * The case folders in {@code folder}, by name; {@code folder} itself where it is a case.
   *
   * @throws AvocetException FILE_NOT_FOUND where there is no folder or no case in it
   */
  public static List<Path> cases(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new AvocetException(Status.FILE_NOT_FOUND, "there is no folder " + folder);
    }
    if (isCase(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> cases = entries.filter(Conformance::isCase).sorted().toList();
      if (cases.isEmpty()) {
        throw new AvocetException(
            Status.FILE_NOT_FOUND,
            "%s has no case: expected folders with a %s".formatted(folder, Case.FILE));
      }
      return cases;
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Where the pictures of cases lie unless somebody says otherwise: {@code ../../assets/images}.
   */
  public static Path imagesOf(Path folder) {
    Path cases = isCase(folder) ? folder.resolve("..") : folder;
    return cases.resolve("../../assets/images").normalize();
  }

  private static boolean isCase(Path folder) {
    return Files.isRegularFile(folder.resolve(Case.FILE));
  }

  /**
   * Runs one case. A failure of any kind becomes an {@code ERROR} verdict.
   *
   * @param images folder of the pictures that cases name
   */
  public static Verdict run(Path folder, Path images, RunOptions options) {
    try {
      Case one = Case.read(folder, images);
      TaskRunner runner = TASKS.get(one.task());
      if (runner == null) {
        throw AvocetException.notSupported("task " + one.task());
      }
      return one.hasExpected() || runner.judgesUnanswered()
          ? runner.run(one, options)
          : Verdict.NOTHING_TO_COMPARE;
    } catch (AvocetException e) {
      return Verdict.error(e);
    }
  }
}
