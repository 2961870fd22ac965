/** Heads of action recognisers, named as MMAction2's exporter names them. */
package dev.avocet.postprocess.mmaction;
