package dev.avocet.camera.config;

/**
 * Videos around events.
 *
 * @param folder for the files
 * @param quotaBytes the oldest clips are deleted so that all together stay below
 * @param beforeSeconds how much before the event is kept
 * @param afterSeconds how much after the last event is kept
 */
public record ClipsConfig(
    String folder, long quotaBytes, double beforeSeconds, double afterSeconds) {}
