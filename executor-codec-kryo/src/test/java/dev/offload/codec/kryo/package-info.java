/**
 * Tests for codecs.
 */
@NullMarked
package dev.offload.codec.kryo;

import org.jspecify.annotations.NullMarked;
