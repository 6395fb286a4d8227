/**
 * Tests of what measures.
 */
@NullMarked
package dev.offload.benchmarks.run;

import org.jspecify.annotations.NullMarked;
