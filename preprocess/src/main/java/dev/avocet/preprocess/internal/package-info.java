/**
 * What the planner plans with and what runs a plan. Not for users. Start at {@link
 * dev.avocet.preprocess.internal.RecordingCanvas}.
 */
package dev.avocet.preprocess.internal;
