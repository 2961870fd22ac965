package dev.avocet;

import java.util.Optional;

/**
 * An object found in a picture.
 *
 * @param classId number of its class, from 0
 * @param label name of its class, where the model knows it
 * @param score 0 to 1, higher is surer
 * @param box where it is, in pixels of the upright source picture
 */
public record Detection(int classId, Optional<String> label, float score, Box box) {}
