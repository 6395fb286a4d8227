/**
 * How things are measured: in rounds, one after the other.
 */
@NullMarked
package dev.offload.benchmarks.run;

import org.jspecify.annotations.NullMarked;
