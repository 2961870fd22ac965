package dev.avocet.camera.publish;

/**
 * What is published of an observation.
 *
 * @param source name of the source
 * @param json the observation's line without its end, in UTF-8; shared, not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Shared by all publishers, never compared.
record Message(String source, byte[] json) {}
