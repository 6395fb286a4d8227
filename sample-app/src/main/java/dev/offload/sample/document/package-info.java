/**
 * Reads PDF documents of strangers.
 */
@NullMarked
package dev.offload.sample.document;

import org.jspecify.annotations.NullMarked;
