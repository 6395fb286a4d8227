package dev.offload.codec;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;

/**
 * A value to be sent, with its name in messages.
 *
 * @param label such as {@code argument 1 (invoice)}
 * @param value the value
 */
record GraphRoot(String label, @Nullable Object value) {

	static List<GraphRoot> of(Invocation invocation) {
		List<GraphRoot> roots = new ArrayList<>();
		roots.add(new GraphRoot("instance", invocation.target().instance()));
		if (invocation.isRepeated()) {
			roots.add(new GraphRoot("items", invocation.arguments()[0]));
			return roots;
		}
		Parameter[] parameters = invocation.method().getParameters();
		for (int i = 0; i < parameters.length; i++) {
			String name = parameters[i].isNamePresent() ? " (" + parameters[i].getName() + ")" : "";
			roots.add(new GraphRoot("argument " + (i + 1) + name, invocation.arguments()[i]));
		}
		return roots;
	}

}
