/**
 * Tests of tasks in a database.
 */
@NullMarked
package dev.offload.jdbc;

import org.jspecify.annotations.NullMarked;
