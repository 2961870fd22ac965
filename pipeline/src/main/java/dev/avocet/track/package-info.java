/**
 * Following poses through a video, on plain numbers: no network, no pixels. {@link
 * dev.avocet.track.TrackerState} is the algorithm, {@link dev.avocet.PoseTracker} runs it on
 * pictures.
 */
package dev.avocet.track;
