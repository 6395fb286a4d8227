/**
 * Methods whose callers subscribe: with Reactor, with what it adapts, and with coroutines
 * of Kotlin. Knows nothing of the annotation.
 */
@NullMarked
package dev.offload.spring.reactive;

import org.jspecify.annotations.NullMarked;
