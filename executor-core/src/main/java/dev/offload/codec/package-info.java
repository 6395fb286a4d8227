/**
 * Turns tasks, arguments, results and failures into bytes and back, and says which
 * classes may come back.
 */
@NullMarked
package dev.offload.codec;

import org.jspecify.annotations.NullMarked;
