/**
 * Tasks as observations of Micrometer, and so as spans of a trace.
 */
@NullMarked
package dev.offload.spring.observation;

import org.jspecify.annotations.NullMarked;
