package dev.offload.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value to be sent, with its name in messages.
 *
 * @param label such as {@code argument 1 (invoice)}
 * @param value the value
 */
record GraphRoot(String label, @Nullable Object value) {
}
