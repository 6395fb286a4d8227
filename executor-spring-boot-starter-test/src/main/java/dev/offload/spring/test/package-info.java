/**
 * Tests of applications that offload: which mode they run in, and what they submitted.
 */
@NullMarked
package dev.offload.spring.test;

import org.jspecify.annotations.NullMarked;
