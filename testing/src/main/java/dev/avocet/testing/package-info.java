/**
 * What the tests of several modules share. Knows sdk-core only; nothing that is shipped depends on
 * it.
 *
 * <ul>
 *   <li>What every engine has to do: {@link dev.avocet.testing.EngineContract}, {@link
 *       dev.avocet.testing.EngineRunsContract}, {@link dev.avocet.testing.EngineFilesContract},
 *       {@link dev.avocet.testing.EngineResourcesContract}, {@link
 *       dev.avocet.testing.PublishedGoldenContract}; an engine's module extends each.
 *   <li>Which engine a run of the tests is about: {@link dev.avocet.testing.EngineUnderTest}.
 *   <li>Networks of a few nodes: {@link dev.avocet.testing.TinyOnnx}, {@link
 *       dev.avocet.testing.TinyNets}.
 *   <li>The folder of shared models: {@link dev.avocet.testing.SharedFolder}.
 *   <li>What a process holds of memory, and what a JVM of its own says: {@link
 *       dev.avocet.testing.ProcessMemory}, {@link dev.avocet.testing.OtherJvm}.
 * </ul>
 */
package dev.avocet.testing;
