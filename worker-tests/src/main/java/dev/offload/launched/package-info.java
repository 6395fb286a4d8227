/**
 * An application that is packaged and started in each way that there is.
 */
@NullMarked
package dev.offload.launched;

import org.jspecify.annotations.NullMarked;
