/** Benchmarks: JMH for the parts, side-by-side runs for the whole. */
package dev.avocet.bench;
