/**
 * Looks for payloads that break the codec kryo.
 */
@NullMarked
package dev.offload.codec.kryo;

import org.jspecify.annotations.NullMarked;
