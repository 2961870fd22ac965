/** Heads of networks that say what each pixel shows, named as MMSegmentation's exporter does. */
package dev.avocet.postprocess.mmseg;
