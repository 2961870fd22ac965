/**
 * Videos, cameras and streams as {@link dev.avocet.media.FrameSource}s, and MP4 files as {@link
 * dev.avocet.media.FrameSink}s, by FFmpeg. Layer: knows {@code media} and the core; no type of
 * FFmpeg in a public signature. Found by {@link java.util.ServiceLoader}.
 */
package dev.avocet.media.ffmpeg;
