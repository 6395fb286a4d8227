package dev.offload.launched;

import java.io.Serializable;

/**
 * A class of the application that travels back.
 *
 * @param text the greeting
 * @param pid the process that made it
 */
public record Greeting(String text, long pid) implements Serializable {

	@Override
	public String toString() {
		return this.text + " from " + this.pid;
	}

}
