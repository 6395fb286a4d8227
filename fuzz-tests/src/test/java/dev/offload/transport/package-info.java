/**
 * Tests that look for bytes which break the transport.
 */
@NullMarked
package dev.offload.transport;

import org.jspecify.annotations.NullMarked;
