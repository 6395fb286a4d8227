/**
 * Tests for types of Spring that travel by reference.
 */
@NullMarked
package dev.offload.spring.stream;

import org.jspecify.annotations.NullMarked;
