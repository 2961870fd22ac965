package dev.avocet.bridge;

import dev.avocet.Box;
import dev.avocet.VideoClips;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What a call works on: avocet_input_t, read when asked. Borrowed for the call.
 *
 * @param address of the struct
 * @param handles where handles in it are looked up
 */
record Input(long address, Handles handles) {
  /** More pictures than any one call can be meant to have. */
  private static final int MAX_COUNT = 1 << 16;

  /** More boxes or quads than any one picture can be meant to have. */
  private static final int MAX_REGIONS = 1 << 16;

  /** Pictures, videos or frames. */
  int count() {
    return Arg.range("count", CMemory.int32(address + Layouts.Input.COUNT), 1, MAX_COUNT);
  }

  /** In which form a pipeline answers. */
  int form() {
    return CMemory.int32(address + Layouts.Input.FORM);
  }

  /** The pictures. */
  List<Image> images() {
    return images(count());
  }

  private List<Image> images(int count) {
    return Images.read("images", pointer(Layouts.Input.IMAGES), count);
  }

  /** Options of the call. */
  CallFields options() {
    return new CallFields(pointer(Layouts.Input.OPTIONS));
  }

  /** A field that is a pointer. */
  long pointer(int field) {
    return CMemory.int64(address + field);
  }

  /** Whether boxes or quads are given. */
  boolean hasRegions() {
    return pointer(Layouts.Input.REGIONS) != 0 || pointer(Layouts.Input.REGION_COUNTS) != 0;
  }

  /** Boxes of each picture, in the pictures' order. */
  List<List<Box>> boxes() {
    return regions("boxes", "box_counts", Layouts.Rect.BYTES, Input::box);
  }

  private static Box box(long at) {
    return new Box(
        finite("box", at + Layouts.Rect.LEFT),
        finite("box", at + Layouts.Rect.TOP),
        finite("box", at + Layouts.Rect.RIGHT),
        finite("box", at + Layouts.Rect.BOTTOM));
  }

  /** Quads of each picture, in the pictures' order. */
  List<List<Quad>> quads() {
    return regions("quads", "quad_counts", Layouts.Quad.BYTES, Input::quad);
  }

  private static Quad quad(long at) {
    return new Quad(corner(at, 0), corner(at, 1), corner(at, 2), corner(at, 3));
  }

  private static Point corner(long quad, int index) {
    long at = quad + Layouts.Quad.CORNERS + (long) index * Layouts.Point.BYTES;
    return new Point(finite("quad", at + Layouts.Point.X), finite("quad", at + Layouts.Point.Y));
  }

  private static float finite(String name, long at) {
    return Arg.finite("a corner of a " + name, CMemory.float32(at));
  }

  private <T> List<List<T>> regions(
      String name, String countsName, int bytes, LongFunction<T> reader) {
    int count = count();
    long counts = CMemory.need(countsName, pointer(Layouts.Input.REGION_COUNTS));
    long at = pointer(Layouts.Input.REGIONS);
    List<List<T>> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int own =
          Arg.count(
              countsName + "[" + i + "]",
              CMemory.int32(counts + (long) i * Layouts.INT32),
              MAX_REGIONS);
      List<T> regions = new ArrayList<>(own);
      for (int r = 0; r < own; r++, at += bytes) {
        regions.add(reader.apply(CMemory.need(name, at)));
      }
      all.add(regions);
    }
    return all;
  }

  /** Videos, whose frames follow each other. */
  List<VideoClips> videos() {
    int count = count();
    long videos = CMemory.need("videos", pointer(Layouts.Input.VIDEOS));
    int[] lengths = new int[count];
    int[] ends = new int[count];
    long total = 0;
    for (int i = 0; i < count; i++) {
      long at = videos + (long) i * Layouts.Clips.BYTES;
      String name = "videos[" + i + "]";
      int length = CMemory.int32(at + Layouts.Clips.CLIP_LENGTH);
      int clips = CMemory.int32(at + Layouts.Clips.CLIP_COUNT);
      lengths[i] = Arg.range(name + ".clip_length", length, 1, MAX_COUNT);
      total += (long) length * Arg.range(name + ".clip_count", clips, 1, MAX_COUNT);
      if (total > MAX_COUNT) {
        throw AvocetException.invalidArgument(
            "videos[0] to [%d] have %d frames: at most %d go into one call"
                .formatted(i, total, MAX_COUNT));
      }
      ends[i] = (int) total;
    }
    List<Image> frames = images((int) total);
    List<VideoClips> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(new VideoClips(frames.subList(i == 0 ? 0 : ends[i - 1], ends[i]), lengths[i]));
    }
    return read;
  }
}
