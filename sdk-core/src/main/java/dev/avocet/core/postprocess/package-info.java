/**
 * Service interfaces of postprocessing: heads turn a network's outputs into results. Start at
 * {@link dev.avocet.core.postprocess.Head}.
 */
package dev.avocet.core.postprocess;
