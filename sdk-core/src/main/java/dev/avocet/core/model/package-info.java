/**
 * Models: where their files lie, and the meta info that describes them. Start at {@link
 * dev.avocet.core.model.Model}.
 */
package dev.avocet.core.model;
