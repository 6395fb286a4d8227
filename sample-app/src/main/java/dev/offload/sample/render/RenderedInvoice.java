package dev.offload.sample.render;

import java.io.Serializable;

/**
 * A rendered invoice on its way from a worker to the service.
 *
 * @param pdf the document
 * @param pages how many pages it has
 * @param workerPid the process that rendered it
 */
// Nobody compares two of them.
@SuppressWarnings("ArrayRecordComponent")
public record RenderedInvoice(byte[] pdf, int pages, long workerPid) implements Serializable {
}
