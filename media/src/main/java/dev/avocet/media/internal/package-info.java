/** Shared by the modules of media; not for users. */
package dev.avocet.media.internal;
