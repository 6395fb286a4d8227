/**
 * Tests of what every type of executor shares.
 */
@NullMarked
package dev.offload.batch;

import org.jspecify.annotations.NullMarked;
