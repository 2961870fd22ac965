package dev.avocet.preprocess;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Optional;

/**
 * What preprocessing makes of pictures, or regions of pictures, of one upright size. Immutable.
 *
 * @param shape of one sample: batch 1, then the network's axes; of a clip as its {@code
 *     FormatShape} says
 * @param type FLOAT32 or UINT8
 * @param meta the geometry, for the heads
 * @param pass the one pass that is run, of a clip on each frame in the first view; empty where the
 *     steps run one by one
 * @param description the plan, for people
 */
public record Prepared(
    Shape shape, DataType type, SampleMeta meta, Optional<AffinePass> pass, String description) {}
