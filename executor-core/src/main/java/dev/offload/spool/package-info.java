/**
 * Values that travel as files beside their payload: who makes, reads, counts and removes
 * these files.
 */
@NullMarked
package dev.offload.spool;

import org.jspecify.annotations.NullMarked;
