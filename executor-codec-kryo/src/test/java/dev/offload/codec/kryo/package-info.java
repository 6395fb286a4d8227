/**
 * Tests for what only the codec itself sees.
 */
@NullMarked
package dev.offload.codec.kryo;

import org.jspecify.annotations.NullMarked;
