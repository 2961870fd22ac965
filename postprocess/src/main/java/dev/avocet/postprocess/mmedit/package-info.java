/** Heads of networks that answer pictures, named as MMEditing's exporter names them. */
package dev.avocet.postprocess.mmedit;
