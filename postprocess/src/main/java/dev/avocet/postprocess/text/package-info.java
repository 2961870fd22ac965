/**
 * What the heads that find text share: probability maps and their contours, minimum-area
 * rectangles, growing of polygons, the way back to source pixels. OpenCV is used here only; start
 * at {@link dev.avocet.postprocess.text.ScoreMap}.
 */
package dev.avocet.postprocess.text;
