/**
 * Connections between a service and its workers: Unix-domain sockets that carry frames.
 */
@NullMarked
package dev.offload.transport;

import org.jspecify.annotations.NullMarked;
