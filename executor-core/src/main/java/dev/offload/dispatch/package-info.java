/**
 * What every type of executor shares: admission, queue, hand-off, deadlines, counters.
 */
@NullMarked
package dev.offload.dispatch;

import org.jspecify.annotations.NullMarked;
