/**
 * The worker's side: the main class of worker JVMs and what it runs.
 */
@NullMarked
package dev.offload.worker;

import org.jspecify.annotations.NullMarked;
