/**
 * Tests of the auto-configuration.
 */
@NullMarked
package dev.offload.jdbc.autoconfigure;

import org.jspecify.annotations.NullMarked;
