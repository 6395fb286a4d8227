/**
 * A document service that leaves its rendering to worker processes.
 */
@NullMarked
package dev.offload.sample;

import org.jspecify.annotations.NullMarked;
