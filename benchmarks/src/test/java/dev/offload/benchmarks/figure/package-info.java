/**
 * Tests of figures.
 */
@NullMarked
package dev.offload.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
