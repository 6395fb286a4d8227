/**
 * Offload in a Spring Boot application: executors as beans, and methods that run in them.
 */
@NullMarked
package dev.offload.spring;

import org.jspecify.annotations.NullMarked;
