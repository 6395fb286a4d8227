/**
 * Tests for codecs, in a package that no list admits by itself, as those of applications
 * are.
 */
@NullMarked
package dev.offload.invoices;

import org.jspecify.annotations.NullMarked;
