/**
 * The process pool: workers, their slots, and who watches over them.
 */
@NullMarked
package dev.offload.pool;

import org.jspecify.annotations.NullMarked;
