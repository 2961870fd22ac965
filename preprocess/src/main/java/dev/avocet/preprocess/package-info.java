/**
 * Preprocessing: from a picture to a network's input. Knows the core only. Start at {@link
 * dev.avocet.preprocess.Preprocessor}.
 */
package dev.avocet.preprocess;
