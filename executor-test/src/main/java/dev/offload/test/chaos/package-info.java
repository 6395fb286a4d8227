/**
 * A chaos run: pools under load whose workers are killed, stopped and filled up, and the
 * count of what became of each task.
 */
@NullMarked
package dev.offload.test.chaos;

import org.jspecify.annotations.NullMarked;
