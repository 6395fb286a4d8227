/**
 * The comparison: runs rows in JVMs of their own, prints and writes their figures.
 */
@NullMarked
package dev.offload.benchmarks;

import org.jspecify.annotations.NullMarked;
