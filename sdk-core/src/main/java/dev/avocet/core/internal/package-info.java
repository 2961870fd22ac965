/** Native memory and the libraries below it. Not for users. */
package dev.avocet.core.internal;
