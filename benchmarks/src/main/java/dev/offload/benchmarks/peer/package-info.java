/**
 * Pools of others.
 */
@NullMarked
package dev.offload.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
