/**
 * An application with next to nothing in it, and tests of what its workers are given.
 */
@NullMarked
package dev.offload.small;

import org.jspecify.annotations.NullMarked;
