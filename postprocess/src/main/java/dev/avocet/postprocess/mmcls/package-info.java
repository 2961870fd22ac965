/** Heads of classifiers, named as MMPretrain's exporter names them. */
package dev.avocet.postprocess.mmcls;
