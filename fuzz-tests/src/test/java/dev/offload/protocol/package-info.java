/**
 * Tests that look for bytes which break the protocol.
 */
@NullMarked
package dev.offload.protocol;

import org.jspecify.annotations.NullMarked;
