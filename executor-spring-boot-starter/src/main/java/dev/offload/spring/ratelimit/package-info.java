/**
 * How many tasks an executor may take in a time, by the library that counts them. Loaded
 * only where that is there.
 */
@NullMarked
package dev.offload.spring.ratelimit;

import org.jspecify.annotations.NullMarked;
