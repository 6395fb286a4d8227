package dev.offload.codec;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the object that cannot be written, once writing has failed. Breadth first and
 * without recursion, so cycles and deep graphs do no harm; gives up after a number of
 * objects, for then a path helps nobody.
 */
final class ObjectGraph {

	private static final int MAX_OBJECTS = 200_000;

	private final Deque<GraphNode> open = new ArrayDeque<>();

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final GraphParts parts;

	private final boolean anyClass;

	private ObjectGraph(boolean transientFields, boolean anyClass) {
		this.parts = new GraphParts(this::add, transientFields, anyClass);
		this.anyClass = anyClass;
	}

	/**
	 * The nearest object that is not serializable.
	 * @param roots where to look
	 * @param type the name of its class, {@code null} if it is not known
	 * @return the object, or {@code null} if it was not found
	 */
	static @Nullable GraphNode findUnserializable(List<GraphRoot> roots, @Nullable String type) {
		GraphNode found = new ObjectGraph(false, false).find(roots, type);
		// A class that writes itself may write its transient fields.
		return (found != null) ? found : new ObjectGraph(true, false).find(roots, type);
	}

	/**
	 * The nearest object of a class, serializable or not.
	 * @param roots where to look
	 * @param type the name of its class, {@code null} if it is not known
	 * @return the object, or {@code null} if it was not found
	 */
	static @Nullable GraphNode findOfType(List<GraphRoot> roots, @Nullable String type) {
		return (type != null) ? new ObjectGraph(false, true).find(roots, type) : null;
	}

	private @Nullable GraphNode find(List<GraphRoot> roots, @Nullable String type) {
		for (GraphRoot root : roots) {
			add(null, root.label(), root.value());
		}
		for (GraphNode node = this.open.poll(); node != null; node = this.open.poll()) {
			if (this.anyClass || !(node.value() instanceof Serializable)) {
				if (type == null || type.equals(node.value().getClass().getName())) {
					return node;
				}
				if (!this.anyClass) {
					continue;
				}
			}
			this.parts.visit(node);
		}
		return null;
	}

	private void add(@Nullable GraphNode parent, String label, @Nullable Object value) {
		if (value == null || GraphParts.isLeaf(value) || this.seen.size() >= MAX_OBJECTS) {
			return;
		}
		if (this.seen.add(value)) {
			this.open.add(new GraphNode(parent, label, value));
		}
	}

}
