/** The handles that applications use, and their results. Start at {@link dev.avocet.Detector}. */
package dev.avocet;
