package dev.avocet.bridge;

import dev.avocet.Answer;
import dev.avocet.Box;
import dev.avocet.Classifier;
import dev.avocet.Detector;
import dev.avocet.Pipeline;
import dev.avocet.Pose;
import dev.avocet.PoseDetector;
import dev.avocet.PoseTracker;
import dev.avocet.RecognizedText;
import dev.avocet.Restorer;
import dev.avocet.RotatedDetector;
import dev.avocet.Segmentor;
import dev.avocet.TextDetector;
import dev.avocet.TextRecognizer;
import dev.avocet.TextRegion;
import dev.avocet.TrackedPose;
import dev.avocet.VideoClips;
import dev.avocet.VideoRecognizer;
import dev.avocet.core.Image;
import dev.avocet.core.Quad;
import dev.avocet.track.TrackerParams;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what the Java handles answer, for the tests of the C library: a folder with {@code
 * models/} (folders, and {@code codes.json}, a pipeline), {@code pictures/} and {@code
 * expected.txt}.
 *
 * <pre>{@code
 * java -Davocet.root=REPOSITORY dev.avocet.bridge.Expected FOLDER [SHARED]
 * }</pre>
 *
 * <p>Without the shared folder only the repository's own model and pictures are written. {@code
 * AnswersTest} writes it all to {@code native/target/expected} whenever the module's tests run.
 *
 * <p>{@code expected.txt} is UTF-8 with fields that one space separates:
 *
 * <pre>
 * TASK MODEL PICTURE count N        begins an answer of N entries; N lines follow
 * TASK MODEL PICTURE I FIELDS...    entry I, from 0
 * TASK MODEL PICTURE boxes N LEFT TOP RIGHT BOTTOM ...   pose_detector_boxes only, before its count
 * TASK MODEL PICTURE quads N X Y X Y X Y X Y ...         text_recognizer_quads only, before its count
 * TASK MODEL PICTURE clips LENGTH COUNT                  video_recognizer only, before its count
 * TASK MODEL PICTURE begin          pose_tracker only: a new video, with default parameters
 * TASK MODEL PICTURE json TEXT      pipeline only: the rest of the line is the whole answer
 * </pre>
 *
 * MODEL is a name below {@code models}, of pose_tracker two with a comma between (detector, pose);
 * PICTURE a name below {@code pictures}, of video_recognizer several with commas between (the
 * frames). All handles and calls have default options; pictures are given as they are read. FIELDS:
 *
 * <pre>
 * classifier        CLASS SCORE LABEL
 * video_recognizer  CLASS SCORE LABEL
 * detector          CLASS SCORE LEFT TOP RIGHT BOTTOM LABEL K (X Y SCORE)*K MASK
 * rotated_detector  CLASS SCORE CX CY WIDTH HEIGHT ANGLE LABEL
 * segmentor         X Y WIDTH HEIGHT CLASSES NAMES HASH(labels) HASH(scores) or -
 * restorer          FORMAT WIDTH HEIGHT HASH(rows without padding)
 * pose_detector, pose_detector_boxes        K (X Y SCORE)*K
 * pose_tracker      ID LEFT TOP RIGHT BOTTOM K (X Y SCORE)*K
 * text_detector     X Y X Y X Y X Y SCORE
 * text_recognizer, text_recognizer_quads    SCORE S (SCORE)*S TEXT
 * </pre>
 *
 * Numbers with fractions are C's hexadecimal floats ({@code 0x1.8p1}; strtof reads them back
 * exactly). MASK is {@code -} or {@code X Y WIDTH HEIGHT HASH(pixels)}. LABEL is {@code -} where
 * there is none; in LABEL and TEXT all bytes but printable ASCII without space and {@code %} are
 * written {@code %XX}, a lone {@code -} is {@code %2D} and an empty text a lone {@code %}. HASH is
 * 64-bit FNV-1a of the bytes in memory, in lower-case hexadecimal without leading zeros. FORMAT is
 * {@code rgb} or {@code gray8}.
 */
final class Expected implements AutoCloseable {
  private final Path models;
  private final Path pictures;
  private final BufferedWriter out;

  private Expected(Path folder) throws IOException {
    this.models = folder.resolve("models");
    this.pictures = folder.resolve("pictures");
    this.out = Files.newBufferedWriter(folder.resolve("expected.txt"));
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    if (args.length == 2) {
      System.setProperty("avocet.shared", args[1]);
    }
    write(Path.of(args[0]), args.length == 2);
  }

  /**
   * Writes the folder.
   *
   * @param shared whether the shared folder is there
   */
  static void write(Path folder, boolean shared) throws IOException {
    ExpectedFiles files = new ExpectedFiles(folder);
    files.ofRepository();
    if (shared) {
      files.ofShared();
    }
    try (Expected expected = new Expected(folder)) {
      for (int i = 1; i <= 3; i++) {
        expected.detector("parcels", "parcel-" + i + ".png");
      }
      expected.pipeline("codes.json", "parcel-1.png");
      expected.pipeline("parcels", "parcel-2.png");
      if (shared) {
        expected.ofShared();
      }
    }
  }

  private void ofShared() throws IOException {
    detector("yolox_nano", "dog.png");
    detector("yunet", "people.png");
    detector("det-mask-full", "det-mask-full.png");
    detector("det-mask-rcnn", "det-mask-rcnn.png");
    classifier("squeezenet", "kitten.png");
    classifier("squeezenet", "dog.png");
    classifier("cls-multilabel", "cls-multilabel.png");
    segmentor("deeplab_v3", "dog.png");
    segmentor("seg-argmax", "seg-argmax.png");
    segmentor("seg-score", "seg-score.png");
    restorer("super-resolution", "kitten.png");
    rotatedDetector("rotated", "rotated.png");
    poseDetector("bodypix", "people.png");
    poseDetector("pose-heatmap-default", "pose-heatmap-default.png");
    poseDetectorBoxes("pose-heatmap-default", "pose-heatmap-default.png");
    textDetector("ppocr_det", "text.png");
    textRecognizer("crnn_en", "line.png");
    textRecognizerQuads("crnn_en", "text.png", "ppocr_det");
    videoRecognizer("video-centercrop-nchw", ExpectedFiles.VIDEO_FRAMES);
    poseTracker("people-detector", "people-pose", ExpectedFiles.PEOPLE_FRAMES);
  }

  private void line(Object... fields) throws IOException {
    out.write(ExpectedLines.join(fields));
    out.write('\n');
  }

  private void answer(String task, String model, String picture, List<String> entries)
      throws IOException {
    line(task, model, picture, "count", entries.size());
    for (int i = 0; i < entries.size(); i++) {
      line(task, model, picture, i, entries.get(i));
    }
  }

  private Image read(String picture) {
    return Image.read(pictures.resolve(picture));
  }

  private void detector(String model, String picture) throws IOException {
    try (Detector handle = Detector.open(models.resolve(model));
        Image image = read(picture)) {
      answer(
          "detector",
          model,
          picture,
          handle.detect(image).stream().map(ExpectedLines::of).toList());
    }
  }

  private void classifier(String model, String picture) throws IOException {
    try (Classifier handle = Classifier.open(models.resolve(model));
        Image image = read(picture)) {
      answer(
          "classifier",
          model,
          picture,
          handle.classify(image).stream().map(ExpectedLines::of).toList());
    }
  }

  private void segmentor(String model, String picture) throws IOException {
    try (Segmentor handle = Segmentor.open(models.resolve(model));
        Image image = read(picture)) {
      answer("segmentor", model, picture, List.of(ExpectedLines.of(handle.segment(image))));
    }
  }

  private void restorer(String model, String picture) throws IOException {
    try (Restorer handle = Restorer.open(models.resolve(model));
        Image image = read(picture);
        Image restored = handle.restore(image)) {
      answer("restorer", model, picture, List.of(ExpectedLines.of(restored)));
    }
  }

  private void rotatedDetector(String model, String picture) throws IOException {
    try (RotatedDetector handle = RotatedDetector.open(models.resolve(model));
        Image image = read(picture)) {
      answer(
          "rotated_detector",
          model,
          picture,
          handle.detect(image).stream().map(ExpectedLines::of).toList());
    }
  }

  private void poseDetector(String model, String picture) throws IOException {
    try (PoseDetector handle = PoseDetector.open(models.resolve(model));
        Image image = read(picture)) {
      Pose pose = handle.detect(image);
      answer("pose_detector", model, picture, List.of(ExpectedLines.of(pose)));
    }
  }

  private void poseDetectorBoxes(String model, String picture) throws IOException {
    String task = "pose_detector_boxes";
    try (PoseDetector handle = PoseDetector.open(models.resolve(model));
        Image image = read(picture)) {
      float w = image.width();
      float h = image.height();
      List<Box> boxes = List.of(new Box(0, 0, w / 2, h - 1), new Box(w / 3, -4.5f, w + 7, h / 2));
      String fields = String.join(" ", boxes.stream().map(ExpectedLines::of).toList());
      line(task, model, picture, "boxes", boxes.size(), fields);
      answer(
          task,
          model,
          picture,
          handle.detect(image, boxes).stream().map(ExpectedLines::of).toList());
    }
  }

  private void textDetector(String model, String picture) throws IOException {
    try (TextDetector handle = TextDetector.open(models.resolve(model));
        Image image = read(picture)) {
      answer(
          "text_detector",
          model,
          picture,
          handle.detect(image).stream().map(ExpectedLines::of).toList());
    }
  }

  private void textRecognizer(String model, String picture) throws IOException {
    try (TextRecognizer handle = TextRecognizer.open(models.resolve(model));
        Image image = read(picture)) {
      RecognizedText text = handle.recognize(image);
      answer("text_recognizer", model, picture, List.of(ExpectedLines.of(text)));
    }
  }

  private void textRecognizerQuads(String model, String picture, String detector)
      throws IOException {
    String task = "text_recognizer_quads";
    try (TextDetector finder = TextDetector.open(models.resolve(detector));
        TextRecognizer handle = TextRecognizer.open(models.resolve(model));
        Image image = read(picture)) {
      List<Quad> quads = finder.detect(image).stream().map(TextRegion::quad).toList();
      String fields = String.join(" ", quads.stream().map(ExpectedLines::of).toList());
      line(task, model, picture, "quads", quads.size(), fields);
      answer(
          task,
          model,
          picture,
          handle.recognize(image, quads).stream().map(ExpectedLines::of).toList());
    }
  }

  private void videoRecognizer(String model, List<String> frames) throws IOException {
    String task = "video_recognizer";
    String names = String.join(",", frames);
    List<Image> images = new ArrayList<>();
    try (VideoRecognizer handle = VideoRecognizer.open(models.resolve(model))) {
      frames.forEach(frame -> images.add(read(frame)));
      VideoClips clips = new VideoClips(images, 1);
      line(task, model, names, "clips", 1, clips.clips());
      answer(task, model, names, handle.recognize(clips).stream().map(ExpectedLines::of).toList());
    } finally {
      images.forEach(Image::close);
    }
  }

  private void poseTracker(String detector, String pose, List<String> frames) throws IOException {
    String model = detector + "," + pose;
    try (PoseTracker handle = PoseTracker.open(models.resolve(detector), models.resolve(pose))) {
      line("pose_tracker", model, frames.get(0), "begin");
      PoseTracker.State state = handle.newState(TrackerParams.DEFAULT);
      for (String frame : frames) {
        try (Image image = read(frame)) {
          List<TrackedPose> people = handle.track(state, image);
          answer("pose_tracker", model, frame, people.stream().map(ExpectedLines::of).toList());
        }
      }
    }
  }

  private void pipeline(String model, String picture) throws IOException {
    try (Pipeline handle = Pipeline.open(models.resolve(model));
        Image image = read(picture);
        Answer answer = handle.run(image)) {
      line("pipeline", model, picture, "json", answer.toJson());
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
