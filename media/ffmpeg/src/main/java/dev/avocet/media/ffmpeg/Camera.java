package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.media.InputAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/**
 * A camera on this machine, by Linux' Video4Linux2: {@code camera:0}, {@code
 * v4l2:///dev/video0?size=1280x720&fps=30&format=mjpeg}.
 *
 * @param input as the user named it
 * @param device {@code /dev/video0}
 * @param format FFmpeg's name of a pixel format or codec, where one is asked for
 * @param size where one is asked for
 * @param rate frames a second, where asked for
 */
record Camera(
    String input,
    String device,
    Optional<String> format,
    Optional<InputAddress.Size> size,
    OptionalDouble rate) {
  static final Set<String> SCHEMES = Set.of("camera", "v4l2");

  /** Below this an uncompressed mode gives way to a compressed one, where no rate is asked for. */
  private static final double FAIR_RATE = 20;

  private static final String DEMUXER = "video4linux2,v4l2";

  /**
   * Reads what the user named.
   *
   * @throws AvocetException INVALID_ARG
   */
  static Camera of(String input) {
    InputAddress address = InputAddress.parse(input, Set.of("size", "fps", "format"));
    boolean number = address.scheme().equals("camera");
    if (!address.path().matches(number ? "[0-9]{1,3}" : "///.+")) {
      throw AvocetException.invalidArgument(
          input + ": expected camera:NUMBER or v4l2:///dev/videoNUMBER, and options");
    }
    return new Camera(
        input,
        number ? "/dev/video" + address.path() : address.path().substring(2),
        address.text("format"),
        address.size("size"),
        address.rate("fps"));
  }

  /**
   * Opens the camera in the best mode that its driver has.
   *
   * @throws AvocetException FILE_NOT_FOUND, NOT_SUPPORTED, or as {@link VideoOpener#open}
   */
  VideoReader open(VideoOpener opener) {
    if (!Files.exists(Path.of(device))) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND,
          "%s: no device %s; is the camera connected?".formatted(input, device));
    }
    prepare();
    List<CameraModes.Mode> modes =
        CameraModes.parse(list(opener.interrupt())).candidates(input, format, size);
    List<Double> rates = new ArrayList<>();
    while (true) {
      VideoReader reader = null;
      double reached = 0;
      try {
        reader = opener.open(location(modes.get(rates.size())));
        reached = reader.frameRate();
      } catch (AvocetException e) {
        if (rates.size() + 1 == modes.size() && rates.stream().allMatch(r -> r == 0)) {
          throw e;
        }
        FFmpegLog.LOG.debug("{}: {}", input, e.getMessage());
      }
      rates.add(reached);
      Optional<Integer> choice = CameraModes.choose(rates, modes.size(), rate.orElse(FAIR_RATE));
      if (choice.isPresent() && choice.get() == rates.size() - 1 && reader != null) {
        return reader;
      }
      if (reader != null) {
        reader.close();
      }
      if (choice.isPresent()) {
        return opener.open(location(modes.get(choice.get())));
      }
    }
  }

  private Location location(CameraModes.Mode mode) {
    Map<String, String> options = new HashMap<>();
    options.put("input_format", mode.format());
    options.put("video_size", CameraModes.text(mode.size()));
    rate.ifPresent(r -> options.put("framerate", Double.toString(r)));
    return new Location(input, device, DEMUXER, options, Location.Kind.LIVE);
  }

  /** FFmpeg's list of what the driver offers, as it writes it to its log. */
  private String list(Interrupt interrupt) {
    List<String> lines =
        FFmpegLog.during(
            () -> {
              AVFormatContext context = avformat.avformat_alloc_context();
              interrupt.attach(context);
              AVDictionary settings = new AVDictionary(null);
              avutil.av_dict_set(settings, "list_formats", "all", 0);
              // It never opens: having listed, it answers with an error, and frees the context.
              int code =
                  avformat.avformat_open_input(
                      context, device, avformat.av_find_input_format(DEMUXER), settings);
              avutil.av_dict_free(settings);
              if (code >= 0) {
                avformat.avformat_close_input(context);
              }
            });
    return String.join("", lines);
  }

  /** Loads FFmpeg's part for devices, which needs libraries of the system that others do not. */
  private static void prepare() {
    FFmpeg.prepare();
    try {
      // For sound and screens, of which nothing is called here; a box without a desktop lacks them.
      EmptyLibrary.standInForMissing(
          "libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0");
      Loader.load(avdevice.class);
    } catch (LinkageError e) {
      throw new AvocetException(
          Status.NOT_SUPPORTED, "FFmpeg's libavdevice cannot be loaded: " + e.getMessage(), e);
    }
    avdevice.avdevice_register_all();
  }
}
