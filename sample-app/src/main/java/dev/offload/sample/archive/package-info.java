/**
 * All invoices of a month as one file, made in the background.
 */
@NullMarked
package dev.offload.sample.archive;

import org.jspecify.annotations.NullMarked;
