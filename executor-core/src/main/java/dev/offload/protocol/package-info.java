/**
 * The frames between a service and its workers: their layout and limits, without any I/O.
 */
@NullMarked
package dev.offload.protocol;

import org.jspecify.annotations.NullMarked;
