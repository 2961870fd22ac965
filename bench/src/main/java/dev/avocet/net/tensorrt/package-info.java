/** Benchmarks of the TensorRT engine that need what it keeps to itself. */
package dev.avocet.net.tensorrt;
