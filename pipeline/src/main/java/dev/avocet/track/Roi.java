package dev.avocet.track;

import dev.avocet.core.RectF;
import java.util.OptionalInt;

/**
 * A part of a frame in which to look for a pose.
 *
 * @param box whole pixels of the upright frame; may reach outside of it
 * @param trackId the track it follows; empty where a detection proposed it
 */
public record Roi(RectF box, OptionalInt trackId) {}
