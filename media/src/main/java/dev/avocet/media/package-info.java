/**
 * Pictures in and out: {@link dev.avocet.media.Frames} opens inputs, {@link
 * dev.avocet.media.OpenCvImageCodec} reads and writes files, {@link dev.avocet.media.Annotator}
 * draws results.
 */
package dev.avocet.media;
