package dev.avocet;

import java.util.Optional;

/**
 * What a picture or clip shows, as a whole.
 *
 * @param classId number of the class, from 0
 * @param label name of the class, where the model knows it
 * @param score as the network gives it, higher is surer; 0 to 1 where it ends in a softmax
 */
public record Classification(int classId, Optional<String> label, float score) {}
