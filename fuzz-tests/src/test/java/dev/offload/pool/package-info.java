/**
 * Tests that try the orders in which threads may take the steps of the pool.
 */
@NullMarked
package dev.offload.pool;

import org.jspecify.annotations.NullMarked;
