/** Reads what Linux says of any machine's power, temperatures, clocks and loads; not for users. */
package dev.avocet.core.internal.board;
