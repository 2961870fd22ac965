package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder with {@code case.json}, a model or a pipeline, and the reference's answer.
 *
 * @param folder of the case
 * @param images folder of the pictures that cases name
 * @param json {@code case.json}
 */
record Case(Path folder, Path images, JsonNode json) {
  static final String FILE = "case.json";

  static Case read(Path folder, Path images) {
    return new Case(folder, images, JsonFile.read(folder.resolve(FILE)));
  }

  String task() {
    return text(json, "task");
  }

  Path model() {
    return folder.resolve("model");
  }

  /** The reference's answer. */
  JsonNode expected() {
    return JsonFile.read(folder.resolve("expected.json"));
  }

  /** The reference's answered picture. */
  Path expectedPicture() {
    return folder.resolve("expected.png");
  }

  /** Whether the reference has an answer. */
  boolean hasExpected() {
    return Files.exists(folder.resolve("expected.json"));
  }

  /** The reference's answered array. */
  NpyArray expectedArray() {
    return NpyArray.read(folder.resolve("expected.npy"));
  }

  /** Decodes the case's one picture as BGR, cuts its part out and hands that over. */
  <R> R withPicture(Function<Image, R> use) {
    return withParts(List.of(json.path("image")), parts -> use.apply(parts.get(0)));
  }

  /** The same with all pictures of a case that has several, in order. */
  <R> R withPictures(Function<List<Image>, R> use) {
    List<JsonNode> pictures = new ArrayList<>();
    json.path("images").forEach(pictures::add);
    return withParts(pictures, use);
  }

  private <R> R withParts(List<JsonNode> pictures, Function<List<Image>, R> use) {
    List<Image> wholes = new ArrayList<>();
    try {
      List<Image> parts = new ArrayList<>();
      for (JsonNode picture : pictures) {
        JsonNode crop = picture.path("crop");
        if (crop.size() != 4) {
          throw wrong("image.crop", "[x, y, width, height]", crop);
        }
        Image whole = Image.read(images.resolve(text(picture, "file")));
        wholes.add(whole);
        parts.add(whole.region(inside(whole, crop)));
      }
      return use.apply(parts);
    } finally {
      wholes.forEach(Image::close);
    }
  }

  /** The files in a folder of the case, by name. */
  List<Path> files(String subfolder) {
    try (Stream<Path> files = Files.list(folder.resolve(subfolder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, folder.resolve(subfolder) + " cannot be listed", e);
    }
  }

  /**
   * A crop that is larger than the picture ends with it, as slices of the reference's arrays do.
   */
  private static Rect inside(Image whole, JsonNode crop) {
    int x = crop.get(0).intValue();
    int y = crop.get(1).intValue();
    return new Rect(
        x,
        y,
        Math.min(crop.get(2).intValue(), whole.width() - x),
        Math.min(crop.get(3).intValue(), whole.height() - y));
  }

  private String text(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isTextual()) {
      throw wrong(key, "a text", value);
    }
    return value.textValue();
  }

  /** Says what is wrong in {@code case.json}. */
  AvocetException wrong(String key, String expected, JsonNode found) {
    return AvocetException.invalidArgument(
        "%s: %s: expected %s, found %s"
            .formatted(
                folder.resolve(FILE), key, expected, found.isMissingNode() ? "nothing" : found));
  }
}
