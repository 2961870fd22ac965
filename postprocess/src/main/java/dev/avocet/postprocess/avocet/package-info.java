/** Heads of our own, for what networks answer that no codebase's exporter has a name for. */
package dev.avocet.postprocess.avocet;
