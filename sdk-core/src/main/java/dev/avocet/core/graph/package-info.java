/**
 * Service interfaces of pipelines: modules work on values between networks. Start at {@link
 * dev.avocet.core.graph.PipelineModule}.
 */
package dev.avocet.core.graph;
