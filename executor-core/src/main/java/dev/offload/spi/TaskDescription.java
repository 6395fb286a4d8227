package dev.offload.spi;

/**
 * How a task is called that is about to be submitted.
 *
 * @param executor the name of its executor
 * @param id its id
 * @param label its label
 */
public record TaskDescription(String executor, String id, String label) {
}
