/**
 * Service interfaces of engines. An engine is a {@link dev.avocet.core.net.NetProvider}; it opens a
 * {@link dev.avocet.core.net.Net}, which runs in {@link dev.avocet.core.net.NetSlot}s.
 */
package dev.avocet.core.net;
