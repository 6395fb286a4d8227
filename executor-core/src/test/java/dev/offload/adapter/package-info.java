/**
 * Tests of what every type of executor shares.
 */
@NullMarked
package dev.offload.adapter;

import org.jspecify.annotations.NullMarked;
