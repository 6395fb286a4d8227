/**
 * The registry of named executors, and of their tasks.
 */
@NullMarked
package dev.offload.registry;

import org.jspecify.annotations.NullMarked;
