/** The Java side of the C API: handles, results in C memory, and the two hosts' entry points. */
package dev.avocet.bridge;
