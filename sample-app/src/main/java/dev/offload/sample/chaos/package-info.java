/**
 * Tasks that harm the process in which they run.
 */
@NullMarked
package dev.offload.sample.chaos;

import org.jspecify.annotations.NullMarked;
