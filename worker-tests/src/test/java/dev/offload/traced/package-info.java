/**
 * Traces through real workers, with OpenTelemetry.
 */
@NullMarked
package dev.offload.traced;

import org.jspecify.annotations.NullMarked;
