/**
 * Refuses at start what could only fail later: methods that cannot be offloaded,
 * executors that there are not.
 */
@NullMarked
package dev.offload.spring.validation;

import org.jspecify.annotations.NullMarked;
