/**
 * Tests for frames.
 */
@NullMarked
package dev.offload.protocol;

import org.jspecify.annotations.NullMarked;
