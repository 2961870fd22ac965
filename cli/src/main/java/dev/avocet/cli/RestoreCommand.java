package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.CallOptions;
import dev.avocet.Restorer;
import dev.avocet.core.Image;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code avocet restore}. */
@Command(
    name = "restore",
    description = {
      "Makes better pictures out of pictures and videos: larger, without noise, sharper.",
      "-o writes the restored pictures themselves."
    },
    sortOptions = false)
final class RestoreCommand extends RegionCommand {
  @Override
  Task task(OpenModels models) {
    CallOptions options = new CallOptions(region(), Optional.empty());
    Restorer restorer =
        models.open(requiredModel(), Restorer.class, Restorer::builder, Restorer::close);
    return frame -> new Restored(restorer.restore(frame.image(), options));
  }

  /** A restored frame, owned. */
  private record Restored(Image image) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      line.put("output", file.map(Path::toString).orElse(null))
          .put("output_width", image.uprightWidth())
          .put("output_height", image.uprightHeight())
          .put("output_format", image.format().name());
    }

    @Override
    public String headline() {
      return "restored: %d x %d %s"
          .formatted(image.uprightWidth(), image.uprightHeight(), image.format());
    }

    @Override
    public Optional<Image> picture() {
      return Optional.of(image);
    }

    @Override
    public void close() {
      image.close();
    }
  }
}
