/**
 * Tests for what of Spring's contexts travels with tasks.
 */
@NullMarked
package dev.offload.spring.security;

import org.jspecify.annotations.NullMarked;
