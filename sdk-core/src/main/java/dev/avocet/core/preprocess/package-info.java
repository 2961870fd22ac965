/**
 * Service interfaces of preprocessing: what a transform is, what it works on, and the fused form
 * that a list of transforms folds into. Start at {@link dev.avocet.core.preprocess.Transform}.
 */
package dev.avocet.core.preprocess;
