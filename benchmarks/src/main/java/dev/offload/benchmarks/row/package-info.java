/**
 * The rows of the comparison.
 */
@NullMarked
package dev.offload.benchmarks.row;

import org.jspecify.annotations.NullMarked;
