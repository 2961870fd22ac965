/** Heads of pose networks, named as MMPose's exporter names them. */
package dev.avocet.postprocess.mmpose;
