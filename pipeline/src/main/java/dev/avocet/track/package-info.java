/**
 * Following through a video, on plain numbers: no network, no pixels. {@link
 * dev.avocet.track.BoxTracker} follows boxes, whatever found them, and {@link
 * dev.avocet.track.SceneCounter} counts them at lines and in zones. {@link
 * dev.avocet.track.TrackerState} is the algorithm for poses, {@link dev.avocet.PoseTracker} runs it
 * on pictures.
 */
package dev.avocet.track;
