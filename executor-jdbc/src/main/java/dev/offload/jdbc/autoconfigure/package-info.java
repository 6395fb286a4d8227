/**
 * Tasks in a database, in a Spring Boot application.
 */
@NullMarked
package dev.offload.jdbc.autoconfigure;

import org.jspecify.annotations.NullMarked;
