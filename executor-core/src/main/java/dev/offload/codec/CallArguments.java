package dev.offload.codec;

import org.jspecify.annotations.Nullable;

/**
 * What travelled with a call of a method.
 *
 * @param instance the object to call it on, {@code null} unless the kind of the target is
 * {@code INSTANCE}
 * @param arguments the arguments, as many as the method has parameters
 */
// Made for one call and not compared.
@SuppressWarnings("ArrayRecordComponent")
public record CallArguments(@Nullable Object instance, @Nullable Object[] arguments) {
}
