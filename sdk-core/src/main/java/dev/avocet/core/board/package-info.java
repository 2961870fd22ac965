/**
 * What is known of the machine below: its power, temperatures, clocks and loads. Entry class:
 * {@link dev.avocet.core.board.Boards}.
 */
package dev.avocet.core.board;
