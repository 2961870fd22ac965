package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A folder with {@code case.json}, a model and the reference's answer.
 *
 * @param folder of the case
 * @param images folder of the pictures that cases name
 * @param json {@code case.json}
 */
record Case(Path folder, Path images, JsonNode json) {
  static final String FILE = "case.json";

  /** What is done with a picture that has been cut out of the file. */
  interface PictureUse<R> {
    R apply(Image picture);
  }

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

  /** Decodes the case's picture as BGR, cuts its part out and hands that over. */
  <R> R withPicture(PictureUse<R> use) {
    return withPicture("image", json.path("image"), use);
  }

  /** The same for all pictures of a batch. */
  <R> R withPictures(Function<List<Image>, R> use) {
    return withPictures(new ArrayList<>(), use);
  }

  private <R> R withPictures(List<Image> decoded, Function<List<Image>, R> use) {
    int next = decoded.size();
    if (next == json.path("images").size()) {
      return use.apply(decoded);
    }
    return withPicture(
        "images[" + next + "]",
        json.path("images").get(next),
        picture -> {
          decoded.add(picture);
          return withPictures(decoded, use);
        });
  }

  private <R> R withPicture(String key, JsonNode image, PictureUse<R> use) {
    JsonNode crop = image.path("crop");
    if (crop.size() != 4) {
      throw wrong(key + ".crop", "[x, y, width, height]", crop);
    }
    try (Image whole = Image.read(images.resolve(text(image, "file")));
        Image picture = whole.region(inside(whole, crop))) {
      return use.apply(picture);
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

  private AvocetException wrong(String key, String expected, JsonNode found) {
    return AvocetException.invalidArgument(
        "%s: %s: expected %s, found %s"
            .formatted(
                folder.resolve(FILE), key, expected, found.isMissingNode() ? "nothing" : found));
  }
}
