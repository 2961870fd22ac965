/**
 * NVIDIA Jetson boards: what they are, their power, temperatures, clocks and loads, and their CSI
 * cameras. Applications use {@link dev.avocet.core.board.Boards} and {@link
 * dev.avocet.media.Frames}, which find what is here; {@link dev.avocet.jetson.TegraStats} is for
 * lines of {@code tegrastats}.
 */
package dev.avocet.jetson;
