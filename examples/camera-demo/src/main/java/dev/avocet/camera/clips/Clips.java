package dev.avocet.camera.clips;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.config.ClipsConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.ClipRecorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Videos around events: a recorder for each source, whose clips go into one folder with a quota,
 * {@code SOURCE-2026-11-22T00-12-01Z.mp4} by the time of the first picture, with the events in a
 * JSON file beside it. The oldest are deleted for newer ones, before and while these are written,
 * so that all together stay below the quota and some of the disk stays free. Thread safe.
 */
public final class Clips implements Observer, AutoCloseable {
  /** What a camera's box needs for its logs and updates. */
  private static final long LEAST_FREE_BYTES = 200_000_000;

  /** Memory for a source's pictures; 100 seconds of 640 KB/s. */
  private static final long MOST_BYTES = 64L << 20;

  /** A clip's length beyond what is kept before its event. */
  private static final double MOST_SECONDS = 60;

  private static final double NANOS_PER_MILLI = 1e6;

  private final ClipsConfig config;
  private final ClipFolder folder;

  /** Guarded by this. */
  private final Map<String, SourceClips> sources = new TreeMap<>();

  /** Guarded by this. */
  private boolean closed;

  /**
   * Opens the folder, which is made where it is missing; no clip of its is touched yet.
   *
   * @throws AvocetException FAIL where the folder cannot be used
   */
  public Clips(ClipsConfig config) {
    this(config, LEAST_FREE_BYTES);
  }

  Clips(ClipsConfig config, long leastFreeBytes) {
    this.config = config;
    folder = new ClipFolder(Path.of(config.folder()), config.quotaBytes(), leastFreeBytes);
  }

  /** Always: what was before an event has to be there when it happens. */
  @Override
  public boolean wantsPictures(String source) {
    return true;
  }

  @Override
  public void seen(Observation observation) {
    if (observation.jpeg().isPresent()) {
      of(observation.source())
          .ifPresent(s -> s.seen(observation.decodedNanos() / NANOS_PER_MILLI, observation));
    }
  }

  private synchronized Optional<SourceClips> of(String source) {
    if (closed) {
      return Optional.empty();
    }
    return Optional.of(sources.computeIfAbsent(source, this::open));
  }

  private SourceClips open(String source) {
    ClipRecorder.Params params =
        new ClipRecorder.Params(
            config.beforeSeconds(),
            config.afterSeconds(),
            config.beforeSeconds() + MOST_SECONDS,
            MOST_BYTES);
    return new SourceClips(source, params, folder);
  }

  /**
   * Records a clip of a source now, as if something had happened.
   *
   * @throws AvocetException INVALID_ARG where no picture of this source has come yet, CLOSED
   */
  public void save(String source) {
    SourceClips recorder;
    synchronized (this) {
      if (closed) {
        throw new AvocetException(Status.CLOSED, "clips are no longer recorded");
      }
      recorder = sources.get(source);
    }
    if (recorder == null) {
      throw AvocetException.invalidArgument(
          "source=%s: no picture of it has come yet".formatted(source));
    }
    recorder.save();
  }

  /**
   * The clips, the newest first, as docs/results.md has them; a new array.
   *
   * @throws AvocetException FAIL where the folder cannot be read
   */
  public ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ClipFolder.Entry clip : folder.clips()) {
      JsonNode beside = folder.described(clip.name());
      list.addObject()
          .put("name", clip.name())
          .put("source", clip.source())
          .put("begun", clip.begun().toString())
          .put("seconds", beside.path("seconds").asDouble())
          .put("bytes", clip.bytes())
          .put("events", beside.path("events").size());
    }
    return list;
  }

  /** The video of a name in the list; empty for every other name. */
  public Optional<Path> file(String name) {
    return folder.file(name);
  }

  /**
   * Deletes a clip.
   *
   * @return whether there was one of this name
   * @throws AvocetException FAIL where it cannot be deleted
   */
  public boolean delete(String name) {
    return folder.delete(name);
  }

  /** How it does, as docs/results.md says; a new object. */
  public ObjectNode stats() {
    List<SourceClips> all;
    synchronized (this) {
      all = List.copyOf(sources.values());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode recording = json.putArray("recording");
    long written = 0;
    long failed = 0;
    long dropped = 0;
    String message = "";
    for (SourceClips source : all) {
      ClipRecorder.State state = source.state();
      if (state.recording()) {
        recording.add(source.source());
      }
      written += state.written();
      failed += state.failed();
      dropped += state.dropped();
      if (!state.trouble().isEmpty()) {
        message = source.source() + ": " + state.trouble();
      }
    }
    folder.describe(json);
    return json.put("written", written)
        .put("failed", failed)
        .put("dropped_frames", dropped)
        .put("message", message);
  }

  /** Ends the clips that are being recorded and waits until they are written; ends. */
  @Override
  public void close() {
    List<SourceClips> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(sources.values());
    }
    all.forEach(SourceClips::close);
  }
}
