/**
 * The settings in configuration files, and the beans that come of them.
 */
@NullMarked
package dev.offload.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
