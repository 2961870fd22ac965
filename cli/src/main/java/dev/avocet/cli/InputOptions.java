package dev.avocet.cli;

import dev.avocet.core.ImageCodec;
import dev.avocet.media.SourceOptions;
import picocli.CommandLine.Option;

/** Options of every command that takes inputs, and what an input may be. */
final class InputOptions {
  /** Names of inputs, the same in every command. */
  static final String INPUTS =
      "a picture, a folder of pictures, a glob in quotes ('photos/*.jpg'), a video (clip.mp4), a"
          + " camera (camera:0, v4l2:///dev/video0), a stream (rtsp://…, http://…) or test://, a"
          + " moving pattern; see docs/video.md.";

  @Option(
      names = "--hardware",
      paramLabel = "TYPE",
      defaultValue = "",
      description =
          "Decode videos with vaapi, cuda, qsv, …; what it cannot decode is left to the processor.")
  private String hardware;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse pictures and frames of more pixels (default: 100000000).")
  private long maxPixels = ImageCodec.Options.DEFAULT.maxPixels();

  /** How inputs are read; ends the command where that makes no sense. */
  SourceOptions sources(SourceOptions.Pace pace) {
    return CommandFailure.orExit(
        CommandFailure.USAGE,
        () -> new SourceOptions(new ImageCodec.Options(true, maxPixels), pace, hardware));
  }
}
