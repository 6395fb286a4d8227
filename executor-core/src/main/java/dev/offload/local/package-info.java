/**
 * The executors that stay in this JVM: platform threads, virtual threads, inline.
 */
@NullMarked
package dev.offload.local;

import org.jspecify.annotations.NullMarked;
