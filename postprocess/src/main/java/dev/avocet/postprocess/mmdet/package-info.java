/** Heads of detectors, named as MMDetection's exporter names them. */
package dev.avocet.postprocess.mmdet;
