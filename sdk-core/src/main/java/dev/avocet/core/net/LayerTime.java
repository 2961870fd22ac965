package dev.avocet.core.net;

import java.time.Duration;

/**
 * What one layer of a network took in a run.
 *
 * @param name of the layer
 * @param type of the layer, for example {@code Convolution}
 * @param kernel what the engine ran it with
 * @param time how long
 */
public record LayerTime(String name, String type, String kernel, Duration time) {}
