package dev.offload.spi;

import java.util.function.Predicate;

/**
 * What may be read from a payload.
 *
 * @param classLoader the loader of its classes
 * @param admitted says for a class, never an array, whether objects of it may be read
 * @param limits the limits on size
 */
public record PayloadScope(ClassLoader classLoader, Predicate<Class<?>> admitted, PayloadLimits limits) {
}
