/**
 * Tests that try the orders in which threads may take the steps of the dispatch.
 */
@NullMarked
package dev.offload.dispatch;

import org.jspecify.annotations.NullMarked;
