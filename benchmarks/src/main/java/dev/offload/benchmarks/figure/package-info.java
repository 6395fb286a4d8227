/**
 * What was measured, what it is compared with, and what is wanted of it.
 */
@NullMarked
package dev.offload.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
