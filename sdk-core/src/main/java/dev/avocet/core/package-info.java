/**
 * Core data structures: pictures, tensors, devices, errors. The lowest layer; it knows nothing else
 * of this project. Start at {@link dev.avocet.core.Image} and {@link dev.avocet.core.Tensor}.
 */
package dev.avocet.core;
