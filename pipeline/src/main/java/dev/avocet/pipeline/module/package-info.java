/**
 * Modules of pipelines: what {@code pipeline.json} may put between networks. One class each, found
 * as {@link dev.avocet.core.graph.PipelineModuleProvider}s.
 */
package dev.avocet.pipeline.module;
