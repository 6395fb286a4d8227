/**
 * Tests for the process pool with real worker processes.
 */
@NullMarked
package dev.offload.pool;

import org.jspecify.annotations.NullMarked;
