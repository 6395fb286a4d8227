/**
 * The least that a round trip to another JVM can cost.
 */
@NullMarked
package dev.offload.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
