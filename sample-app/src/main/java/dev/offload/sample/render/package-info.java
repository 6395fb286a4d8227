/**
 * Turns invoices into PDF documents.
 */
@NullMarked
package dev.offload.sample.render;

import org.jspecify.annotations.NullMarked;
