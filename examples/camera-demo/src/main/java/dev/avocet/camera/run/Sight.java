package dev.avocet.camera.run;

import dev.avocet.camera.seen.Found;
import java.util.List;

/**
 * What a model saw in a picture.
 *
 * @param model its name
 * @param found the objects, surest first
 */
record Sight(String model, List<Found> found) {
  Sight {
    found = List.copyOf(found);
  }
}
