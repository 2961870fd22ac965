/**
 * Compares this SDK with a reference runtime: folders of cases, each a small model, a picture and
 * the reference's answer. Start at {@link dev.avocet.conformance.Conformance}.
 */
package dev.avocet.conformance;
