/**
 * The transforms of {@code pipeline.json}, one class each, written against {@link
 * dev.avocet.core.preprocess.Canvas} alone. Their arithmetic is that of MMDeploy's runtime 1.3.1
 * ({@code csrc/mmdeploy/preprocess} and {@code codebase/mmyolo}); deviations stand at the class.
 */
package dev.avocet.preprocess.transform;
