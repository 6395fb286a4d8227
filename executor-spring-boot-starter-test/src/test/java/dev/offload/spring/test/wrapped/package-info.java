/**
 * Tests from a package that sees of the module what an application sees.
 */
@NullMarked
package dev.offload.spring.test.wrapped;

import org.jspecify.annotations.NullMarked;
