/** Heads of the PoseNet family, whose models come from TensorFlow.js. */
package dev.avocet.postprocess.posenet;
