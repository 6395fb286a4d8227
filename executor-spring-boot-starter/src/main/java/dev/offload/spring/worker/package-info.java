/**
 * The application's beans in a worker: its context, and what it is given.
 */
@NullMarked
package dev.offload.spring.worker;

import org.jspecify.annotations.NullMarked;
