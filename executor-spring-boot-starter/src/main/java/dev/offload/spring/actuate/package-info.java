/**
 * What operators see of executors: the endpoint and health.
 */
@NullMarked
package dev.offload.spring.actuate;

import org.jspecify.annotations.NullMarked;
