/**
 * Tests of what every type of executor shares.
 */
@NullMarked
package dev.offload.dispatch;

import org.jspecify.annotations.NullMarked;
