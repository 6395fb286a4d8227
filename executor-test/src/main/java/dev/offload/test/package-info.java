/**
 * Tasks that go wrong in every way that a task can, and a look at what is left behind.
 */
@NullMarked
package dev.offload.test;

import org.jspecify.annotations.NullMarked;
