package dev.avocet.camera.clips;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.seen.Observation;
import dev.avocet.media.ClipRecorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The recorder of one source, and the events that its clips show. Thread safe. */
final class SourceClips implements ClipRecorder.Place, AutoCloseable {
  private final String source;
  private final ClipFolder folder;
  private final ClipEvents events = new ClipEvents();
  private final ClipRecorder recorder;

  SourceClips(String source, ClipRecorder.Params params, ClipFolder folder) {
    this.source = source;
    this.folder = folder;
    recorder = new ClipRecorder(source, params, this);
  }

  String source() {
    return source;
  }

  /**
   * Takes a frame with its picture.
   *
   * @param millis on a clock that only goes forward
   */
  void seen(double millis, Observation observation) {
    events.seen(millis, observation);
    recorder.add(millis, observation.jpeg().orElseThrow());
    if (!observation.happenings().isEmpty()) {
      recorder.trigger();
    }
  }

  /** Records now. */
  void save() {
    events.asked();
    recorder.trigger();
  }

  ClipRecorder.State state() {
    return recorder.state();
  }

  @Override
  public Path begin(double fromMillis) {
    return folder.begin(source, events.timeOf(fromMillis));
  }

  @Override
  public boolean mayGrow(Path file) {
    return folder.makeRoom();
  }

  @Override
  public void written(ClipRecorder.Clip clip) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", String.valueOf(clip.file().getFileName()))
            .put("source", source)
            .put("begun", events.timeOf(clip.fromMillis()).toString())
            .put("seconds", Math.round(clip.toMillis() - clip.fromMillis()) / 1000.0)
            .put("frames", clip.frames())
            .put("dropped", clip.dropped());
    ArrayNode list = json.putArray("events");
    List<ClipEvents.Event> shown = events.take(clip.fromMillis(), clip.toMillis());
    for (ClipEvents.Event event : shown) {
      ObjectNode each =
          list.addObject()
              .put("time", event.time().toString())
              .put("t_ms", (double) Math.round(event.millis() - clip.fromMillis()));
      event
          .happening()
          .ifPresentOrElse(
              h ->
                  each.put("kind", h.kind().name().toLowerCase(Locale.ROOT))
                      .put("name", h.name())
                      .put("track_id", h.trackId())
                      .put("class_id", h.classId())
                      .put("label", h.label()),
              () -> each.put("kind", "asked"));
    }
    folder.add(clip.file(), json);
  }

  @Override
  public void close() {
    recorder.close();
  }
}
