/**
 * Meters of executors.
 */
@NullMarked
package dev.offload.spring.metrics;

import org.jspecify.annotations.NullMarked;
