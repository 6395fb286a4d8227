/**
 * Tests of what workers are given, and of what they make of it.
 */
@NullMarked
package dev.offload.spring.worker;

import org.jspecify.annotations.NullMarked;
