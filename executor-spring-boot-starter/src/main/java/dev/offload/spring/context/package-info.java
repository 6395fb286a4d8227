/**
 * What of Spring's own context of a thread travels with tasks.
 */
@NullMarked
package dev.offload.spring.context;

import org.jspecify.annotations.NullMarked;
