/**
 * Types of Spring whose values travel by reference.
 */
@NullMarked
package dev.offload.spring.stream;

import org.jspecify.annotations.NullMarked;
