/**
 * The invoices and where they are kept.
 */
@NullMarked
package dev.offload.sample.invoice;

import org.jspecify.annotations.NullMarked;
