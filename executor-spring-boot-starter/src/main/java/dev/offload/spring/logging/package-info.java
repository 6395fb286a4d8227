/**
 * Takes what is logged in a worker from its logging library.
 */
@NullMarked
package dev.offload.spring.logging;

import org.jspecify.annotations.NullMarked;
