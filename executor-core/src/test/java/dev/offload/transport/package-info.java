/**
 * Tests for connections over real sockets.
 */
@NullMarked
package dev.offload.transport;

import org.jspecify.annotations.NullMarked;
