/**
 * Where tasks are kept in memory, by the library that caches them. Loaded only where that
 * is there.
 */
@NullMarked
package dev.offload.spring.store;

import org.jspecify.annotations.NullMarked;
