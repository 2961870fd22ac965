/** Heads of NanoDet's raw outputs. */
package dev.avocet.postprocess.nanodet;
