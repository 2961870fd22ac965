package dev.avocet.camera.clips;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The folder of the clips: which files there are ours, and how much room they may take. Ours are
 * regular files that are named as clips are ({@code door-2026-11-22T00-12-01Z.mp4}), the JSON files
 * beside them, and what is left of those that a crash has cut short; nothing else is looked into,
 * counted or deleted. Thread safe.
 */
final class ClipFolder {
  private static final int MOST_ALIKE = 1000;
  private static final long MOST_JSON = 4_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Most that is kept free below the quota for what is written between two looks. */
  private static final long MOST_RESERVE = 8_000_000;

  /**
   * A whole clip.
   *
   * @param name of the video's file
   * @param source whose it is
   * @param begun when its first picture was taken
   * @param bytes of the video and what lies beside it
   */
  record Entry(String name, String source, Instant begun, long bytes) {}

  private final Path folder;
  private final long quotaBytes;
  private final long leastFreeBytes;
  private long deleted;

  // As they were when the folder was looked at last.
  private int clips;
  private long bytes;

  /**
   * Opens the folder, makes it where it is missing, and removes what a crash has left.
   *
   * @param leastFreeBytes of the disk that are left to others
   * @throws AvocetException FAIL where the folder cannot be used
   */
  ClipFolder(Path folder, long quotaBytes, long leastFreeBytes) {
    this.folder = folder;
    this.quotaBytes = quotaBytes;
    this.leastFreeBytes = leastFreeBytes;
    try {
      Files.createDirectories(folder);
      for (Path file : ours()) {
        if (ClipName.of(file).filter(ClipName::isPart).isPresent()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private AvocetException failed(IOException e) {
    return new AvocetException(
        Status.FAIL,
        "folder=%s: cannot be used for clips: %s: name a folder that may be written"
            .formatted(folder, e),
        e);
  }

  private List<Path> ours() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (ClipName.of(file).isPresent() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Somebody has removed it; the next clip makes it anew.
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // Gone meanwhile.
      return 0;
    }
  }

  private void count(int clips, long bytes) {
    this.clips = clips;
    this.bytes = bytes;
  }

  /** The whole clips, the oldest first; counts all our files. */
  private List<Entry> content() throws IOException {
    List<Entry> found = new ArrayList<>();
    long all = 0;
    for (Path file : ours()) {
      long size = size(file);
      all += size;
      entry(file, size).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(Entry::begun).thenComparing(Entry::name));
    count(found.size(), all);
    return found;
  }

  private Optional<Entry> entry(Path file, long size) {
    return ClipName.of(file)
        .filter(name -> name.isVideo() && name.begun().isPresent())
        .map(
            name ->
                new Entry(
                    String.valueOf(file.getFileName()),
                    name.source(),
                    name.begun().get(),
                    size + size(folder.resolve(name.beside()))));
  }

  /**
   * A file for a clip that begins, which has a name of its own.
   *
   * @throws AvocetException FAIL where there is no room, or the folder cannot be used
   */
  synchronized Path begin(String source, Instant begun) {
    if (!makeRoom()) {
      throw new AvocetException(
          Status.FAIL,
          "folder=%s: no room for clips: less than %d MB of the disk are free; free space there"
              .formatted(folder, leastFreeBytes / 1_000_000));
    }
    for (int n = 1; n <= MOST_ALIKE; n++) {
      String name = ClipName.video(source, begun, n);
      if (!taken(name)) {
        return folder.resolve(name);
      }
    }
    throw new AvocetException(
        Status.FAIL,
        "folder=%s: %s is there %d times"
            .formatted(folder, ClipName.video(source, begun, 1), MOST_ALIKE));
  }

  /** Sources have names of their own, and each writes one clip at a time. */
  private boolean taken(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Takes a clip that is whole.
   *
   * @param json what is known of it, for the file beside it
   * @throws AvocetException FAIL where that cannot be written
   */
  synchronized void add(Path video, ObjectNode json) {
    describe(video, json);
    keepBelow(quotaBytes);
  }

  /**
   * Deletes the oldest clips until quota and disk have room for what comes.
   *
   * @return whether they have
   * @throws AvocetException FAIL where the folder cannot be used
   */
  synchronized boolean makeRoom() {
    return keepBelow(quotaBytes - Math.min(MOST_RESERVE, quotaBytes / 8));
  }

  private boolean keepBelow(long most) {
    try {
      Files.createDirectories(folder);
      List<Entry> oldestFirst = content();
      // Where others fill the disk, our clips are not what it lacks.
      boolean helps = free() + bytes >= leastFreeBytes;
      for (int i = 0; i < oldestFirst.size() && helps && !isRoom(most); i++) {
        remove(oldestFirst.get(i));
        deleted++;
      }
      return isRoom(most);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean isRoom(long most) throws IOException {
    return bytes <= most && free() >= leastFreeBytes;
  }

  private long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private void remove(Entry clip) throws IOException {
    Path video = folder.resolve(clip.name());
    Files.deleteIfExists(video);
    Files.deleteIfExists(beside(video));
    count(clips - 1, bytes - clip.bytes());
  }

  /** The file of JSON beside a clip's. */
  private static Path beside(Path video) {
    return video.resolveSibling(ClipName.of(video).orElseThrow().beside());
  }

  /** Writes what is known of a clip beside it; whole or not at all. */
  private void describe(Path video, ObjectNode json) {
    ClipName name = ClipName.of(video).orElseThrow();
    Path file = video.resolveSibling(name.beside());
    Path part = video.resolveSibling(name.besidePart());
    try {
      Files.writeString(part, json + "\n", StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What is known of a clip; a missing node where nothing is. */
  JsonNode described(String name) {
    try {
      Path file = beside(folder.resolve(name));
      return size(file) > MOST_JSON ? MissingNode.getInstance() : JSON.readTree(file.toFile());
    } catch (IOException e) {
      // Deleted meanwhile, or somebody has written into it: the video is there all the same.
      return MissingNode.getInstance();
    }
  }

  /** Adds the figures of the folder as they were when it was looked at last. */
  synchronized void describe(ObjectNode json) {
    json.put("clips", clips).put("bytes", bytes).put("quota_bytes", quotaBytes);
    json.put("deleted", deleted);
  }

  /** The clips, the newest first. */
  synchronized List<Entry> clips() {
    try {
      List<Entry> newestFirst = content();
      Collections.reverse(newestFirst);
      return newestFirst;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The file of a clip; empty where there is none of this name, whatever else the name says. */
  Optional<Path> file(String name) {
    return ClipName.of(name)
        .filter(ClipName::isVideo)
        .map(ours -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Deletes a clip.
   *
   * @return whether there was one
   * @throws AvocetException FAIL where it cannot be deleted
   */
  synchronized boolean delete(String name) {
    if (file(name).isEmpty()) {
      return false;
    }
    try {
      for (Entry clip : content()) {
        if (clip.name().equals(name)) {
          remove(clip);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
