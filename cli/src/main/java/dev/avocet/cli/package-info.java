/** The {@code avocet} command. Start at {@link dev.avocet.cli.Main}. */
package dev.avocet.cli;
