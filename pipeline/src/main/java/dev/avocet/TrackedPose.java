package dev.avocet;

/**
 * A pose that is followed from frame to frame.
 *
 * @param id the same in every frame for the same person; counted from 0 for each video
 * @param pose smoothed key points, with the scores of this frame
 * @param box smoothed, around the key points
 */
public record TrackedPose(int id, Pose pose, Box box) {}
