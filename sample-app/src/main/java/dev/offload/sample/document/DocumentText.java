package dev.offload.sample.document;

import java.io.Serializable;

/**
 * The text of a document.
 *
 * @param pages how many pages the document has
 * @param text the text of all pages
 * @param workerPid the process that read it
 */
public record DocumentText(int pages, String text, long workerPid) implements Serializable {
}
