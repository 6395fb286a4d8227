/**
 * Executors in the clothes of others: as an {@link java.util.concurrent.ExecutorService}.
 */
@NullMarked
package dev.offload.adapter;

import org.jspecify.annotations.NullMarked;
