/**
 * Tests that take the examples and the documentation at their word: commands are run, snippets are
 * compiled and run, JSON is opened.
 */
package dev.avocet.examples;
