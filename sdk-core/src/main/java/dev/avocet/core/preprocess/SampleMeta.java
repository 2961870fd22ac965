package dev.avocet.core.preprocess;

import dev.avocet.core.RectF;
import java.util.Optional;

/**
 * The geometry that preprocessing gave a picture, with which a head maps its answers back to source
 * pixels: {@code source = (network - pad) / scale - border}.
 *
 * @param originalWidth pixels across of the upright source ({@code ori_shape})
 * @param originalHeight pixels down of the upright source
 * @param width pixels across of the network's picture, padding excluded ({@code img_shape})
 * @param height pixels down of the network's picture
 * @param scaleX network pixels a source pixel, horizontally ({@code scale_factor})
 * @param scaleY the same, vertically
 * @param padTop network pixels added above ({@code pad_param})
 * @param padLeft network pixels added to the left
 * @param borderTop source pixels added above ({@code border})
 * @param borderLeft source pixels added to the left
 * @param networkWidth pixels across of the network's input, padding included
 * @param networkHeight pixels down of the network's input, padding included
 * @param validRatio share of the network's width that shows the picture ({@code valid_ratio})
 * @param window part of the source that fills the network's picture, for poses: the reference's
 *     scale times 200 around {@code center}
 */
public record SampleMeta(
    int originalWidth,
    int originalHeight,
    int width,
    int height,
    float scaleX,
    float scaleY,
    int padTop,
    int padLeft,
    int borderTop,
    int borderLeft,
    int networkWidth,
    int networkHeight,
    float validRatio,
    Optional<RectF> window) {}
