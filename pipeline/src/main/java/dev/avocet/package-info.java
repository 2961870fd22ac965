/**
 * The handles that applications use, one a task, and their results. Start at {@link
 * dev.avocet.Detector}; the others are alike.
 */
package dev.avocet;
