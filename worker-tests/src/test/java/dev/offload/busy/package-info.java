/**
 * An application that does much by itself, and tests that its workers do none of it.
 */
@NullMarked
package dev.offload.busy;

import org.jspecify.annotations.NullMarked;
