/**
 * The registry of named executors.
 */
@NullMarked
package dev.offload.registry;

import org.jspecify.annotations.NullMarked;
