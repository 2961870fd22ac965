/**
 * Pipelines of GStreamer as sources of frames, run by the installed {@code gst-launch-1.0} in a
 * process of its own, without a binding. Entry class: {@link dev.avocet.media.gst.GstSource}.
 */
package dev.avocet.media.gst;
