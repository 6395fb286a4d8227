package dev.offload.sample.document;

import java.io.Serializable;

/**
 * A picture of a page.
 *
 * @param png the picture
 * @param pages how many pages the document has
 * @param workerPid the process that made it
 */
// Nobody compares two of them.
@SuppressWarnings("ArrayRecordComponent")
public record Thumbnail(byte[] png, int pages, long workerPid) implements Serializable {
}
