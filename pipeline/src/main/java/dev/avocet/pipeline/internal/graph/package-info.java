/**
 * Runs pipelines of several networks. {@link dev.avocet.pipeline.internal.graph.GraphCompiler}
 * checks a specification and turns it into {@link dev.avocet.pipeline.internal.graph.Node}s, {@link
 * dev.avocet.pipeline.internal.graph.Graph} runs them. Not for users.
 */
package dev.avocet.pipeline.internal.graph;
