/**
 * Parts of a call, measured alone by JMH.
 */
@NullMarked
package dev.offload.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
