/**
 * An application whose offloaded methods have other advice too.
 */
@NullMarked
package dev.offload.advised;

import org.jspecify.annotations.NullMarked;
