/**
 * What of Spring Security travels with tasks.
 */
@NullMarked
package dev.offload.spring.security;

import org.jspecify.annotations.NullMarked;
