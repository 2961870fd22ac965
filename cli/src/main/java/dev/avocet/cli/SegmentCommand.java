package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.CallOptions;
import dev.avocet.Segmentation;
import dev.avocet.Segmentor;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avocet segment}. */
@Command(
    name = "segment",
    description = {
      "Says what each pixel shows.",
      "-o colours the pixels by their classes; --maps writes the classes' numbers."
    },
    sortOptions = false)
final class SegmentCommand extends RegionCommand {
  @Option(
      names = "--maps",
      paramLabel = "FOLDER",
      description =
          "Write a PNG file of the size of each frame, or of --region, into this folder: one"
              + " channel, the value of a pixel is its class number.")
  private String maps;

  @Override
  Task task(OpenModels models) {
    CallOptions options = new CallOptions(region(), Optional.empty());
    Segmentor segmentor =
        models.open(requiredModel(), Segmentor.class, Segmentor::builder, Segmentor::close);
    Optional<FrameSink> folder = Optional.ofNullable(maps).map(SegmentCommand::folder);
    return frame -> {
      Segmentation found = segmentor.segment(frame.image(), options);
      return new Segmented(found, folder.map(sink -> write(frame, found, sink)));
    };
  }

  private static FrameSink folder(String name) {
    try {
      return FrameSinks.pngFolder(name);
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
  }

  private static Path write(Frame frame, Segmentation found, FrameSink sink) {
    try (Image map = map(found)) {
      return sink.write(frame, map);
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
  }

  /** 8 bits a pixel where that is enough for all classes, else 16. */
  private static Image map(Segmentation found) {
    boolean small = found.classes() <= 256;
    PixelFormat format = small ? PixelFormat.GRAY8 : PixelFormat.GRAY16;
    Image map = Image.allocate(format, found.width(), found.height());
    ByteBuffer pixels = map.plane(0);
    int stride = map.planes().get(0).stride();
    IntBuffer labels = found.labels();
    for (int y = 0; y < found.height(); y++) {
      for (int x = 0; x < found.width(); x++) {
        int label = labels.get();
        if (small) {
          pixels.put(y * stride + x, (byte) label);
        } else {
          pixels.putShort(y * stride + 2 * x, (short) label);
        }
      }
    }
    return map;
  }

  /** A class and how many pixels have it. */
  private record Share(int classId, Optional<String> label, int pixels) {
    String name() {
      return label.orElse("class " + classId);
    }
  }

  /**
   * The classes of a frame's pixels.
   *
   * @param map the file that holds the classes' numbers
   */
  private record Segmented(Segmentation found, Optional<Path> map) implements FrameAnswer {
    /** Most pixels first. */
    private List<Share> shares() {
      TreeMap<Integer, Integer> counts = new TreeMap<>();
      IntBuffer labels = found.labels();
      while (labels.hasRemaining()) {
        counts.merge(labels.get(), 1, Integer::sum);
      }
      List<Share> shares = new ArrayList<>();
      counts.forEach((id, pixels) -> shares.add(new Share(id, found.name(id), pixels)));
      shares.sort(Comparator.comparingInt(share -> -share.pixels()));
      return shares;
    }

    private String percent(Share share) {
      return TextTable.number(100.0 * share.pixels() / found.width() / found.height(), 1);
    }

    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode segments = line.putArray("segments");
      for (Share share : shares()) {
        ResultJson.classed(segments, share.classId(), share.label()).put("pixels", share.pixels());
      }
      line.put("map", map.map(Path::toString).orElse(null));
    }

    @Override
    public String headline() {
      int classes = shares().size();
      return classes + (classes == 1 ? " class" : " classes");
    }

    @Override
    public String line() {
      StringJoiner text = new StringJoiner(", ");
      shares().forEach(share -> text.add(share.name() + " " + percent(share) + " %"));
      return text.toString();
    }

    @Override
    public String details() {
      TextTable table = new TextTable("class", "%", "pixels");
      shares().forEach(s -> table.row(s.name(), percent(s), Integer.toString(s.pixels())));
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return List.of(found);
    }
  }
}
