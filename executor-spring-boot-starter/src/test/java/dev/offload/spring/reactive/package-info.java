/**
 * Tests for methods whose callers subscribe.
 */
@NullMarked
package dev.offload.spring.reactive;

import org.jspecify.annotations.NullMarked;
