/**
 * What runs below the handles: compiling a model into slots, sharing the slots among callers,
 * queues and batches. Not for users. Start at {@link dev.avocet.pipeline.internal.Runner}.
 */
package dev.avocet.pipeline.internal;
