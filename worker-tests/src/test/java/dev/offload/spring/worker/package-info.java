/**
 * Tests of the worker's context that need libraries which the starter does without.
 */
@NullMarked
package dev.offload.spring.worker;

import org.jspecify.annotations.NullMarked;
