package dev.avocet.core.model;

/**
 * One entry of a Transform task's {@code transforms}.
 *
 * @param type name of the transform, for example {@code Resize}
 * @param params the whole entry
 */
public record StepSpec(String type, Params params) {}
