package dev.offload.codec;

import org.jspecify.annotations.Nullable;

/**
 * An object found in a graph and the way to it.
 *
 * @param parent what holds it, {@code null} for a root
 * @param label its place there, such as {@code .lines} or {@code [3]}
 * @param value the object
 */
record GraphNode(@Nullable GraphNode parent, String label, Object value) {

	static final String ENCLOSING = ".this";

	String path() {
		StringBuilder path = new StringBuilder();
		for (GraphNode node = this; node != null; node = node.parent) {
			path.insert(0, node.label);
		}
		return path.toString();
	}

	// The lambda or inner object that captured this one as its enclosing object.
	@Nullable Object capturedBy() {
		return (this.parent != null && this.label.equals(ENCLOSING)) ? this.parent.value : null;
	}

}
