/**
 * Tests that start the application in each way that there is.
 */
@NullMarked
package dev.offload.launched;

import org.jspecify.annotations.NullMarked;
