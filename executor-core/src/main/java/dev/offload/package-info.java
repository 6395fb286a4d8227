/**
 * What callers see: executors, their settings, tasks, handles, numbers and errors.
 */
@NullMarked
package dev.offload;

import org.jspecify.annotations.NullMarked;
