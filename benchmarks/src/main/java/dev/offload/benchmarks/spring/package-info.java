/**
 * The application whose annotated methods are measured.
 */
@NullMarked
package dev.offload.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
