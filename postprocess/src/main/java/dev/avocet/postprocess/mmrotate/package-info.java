/** Heads of detectors of rotated boxes, named as MMRotate's exporter names them. */
package dev.avocet.postprocess.mmrotate;
