/**
 * Many items through one executor: chunks of them are its tasks, a few at a time.
 */
@NullMarked
package dev.offload.batch;

import org.jspecify.annotations.NullMarked;
