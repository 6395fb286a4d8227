/**
 * The HTTP interface.
 */
@NullMarked
package dev.offload.sample.web;

import org.jspecify.annotations.NullMarked;
