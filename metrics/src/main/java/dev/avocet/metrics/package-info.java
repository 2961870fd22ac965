/**
 * Micrometer meters of handles and of the board. Entry classes: {@link
 * dev.avocet.metrics.HandleMeters} and {@link dev.avocet.metrics.BoardMeters}.
 */
package dev.avocet.metrics;
