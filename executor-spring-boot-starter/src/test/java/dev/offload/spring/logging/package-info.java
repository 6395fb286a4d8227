/**
 * Tests for what is taken from logging libraries.
 */
@NullMarked
package dev.offload.spring.logging;

import org.jspecify.annotations.NullMarked;
