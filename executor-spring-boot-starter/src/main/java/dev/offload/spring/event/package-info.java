/**
 * What happens in executors as application events.
 */
@NullMarked
package dev.offload.spring.event;

import org.jspecify.annotations.NullMarked;
