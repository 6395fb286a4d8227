/**
 * Tasks and their results in a database, so that they outlive the service.
 */
@NullMarked
package dev.offload.jdbc;

import org.jspecify.annotations.NullMarked;
