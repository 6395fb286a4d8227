/**
 * What others may implement: executor types, codecs, launchers, and what a worker runs.
 */
@NullMarked
package dev.offload.spi;

import org.jspecify.annotations.NullMarked;
