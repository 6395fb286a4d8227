package dev.offload.launched;

import java.io.Serializable;

/**
 * A class of the application that travels to a worker.
 *
 * @param text the name
 */
public record Name(String text) implements Serializable {
}
