package dev.offload.codec;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Names the parts of an object: elements, entries, captured values, fields. Runs no code
 * of the application.
 */
final class GraphParts {

	private static final int MAX_KEY_LENGTH = 40;

	private final Sink sink;

	private final boolean transientFields;

	private final boolean anyClass;

	GraphParts(Sink sink, boolean transientFields, boolean anyClass) {
		this.sink = sink;
		this.transientFields = transientFields;
		this.anyClass = anyClass;
	}

	static boolean isLeaf(Object value) {
		Class<?> type = value.getClass();
		return SimpleValues.isSimple(value) || value instanceof Enum || value instanceof Class
				|| (type.isArray() && type.getComponentType().isPrimitive());
	}

	void visit(GraphNode node) {
		Object value = node.value();
		boolean jdk = value.getClass().getClassLoader() == null;
		try {
			if (value instanceof Object[] array) {
				visitElements(node, Arrays.asList(array));
			}
			else if (jdk && value instanceof Collection<?> collection) {
				visitElements(node, collection);
			}
			else if (jdk && value instanceof Map<?, ?> map) {
				visitEntries(node, map);
			}
			else if (value instanceof AtomicReference<?> reference) {
				this.sink.add(node, ".value", reference.get());
			}
			else if (isLambda(value)) {
				visitCaptured(node);
			}
			else {
				visitFields(node);
			}
		}
		catch (RuntimeException | ReflectiveOperationException ex) {
			// Changed by another thread, or closed to reflection: the search goes on
			// elsewhere.
			return;
		}
	}

	static boolean isLambda(Object value) {
		return value.getClass().isSynthetic() && value.getClass().getName().contains("$$Lambda");
	}

	// What a lambda is made of, as serialization sees it.
	static @Nullable SerializedLambda describe(Object lambda) {
		try {
			Method method = lambda.getClass().getDeclaredMethod("writeReplace");
			method.setAccessible(true);
			return (method.invoke(lambda) instanceof SerializedLambda described) ? described : null;
		}
		catch (RuntimeException | ReflectiveOperationException ex) {
			return null;
		}
	}

	private void visitElements(GraphNode node, Collection<?> elements) {
		int index = 0;
		for (Object element : elements) {
			this.sink.add(node, "[" + index + "]", element);
			index++;
		}
	}

	private void visitEntries(GraphNode node, Map<?, ?> map) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			String key = describeKey(entry.getKey());
			this.sink.add(node, "[key " + key + "]", entry.getKey());
			this.sink.add(node, "[" + key + "]", entry.getValue());
		}
	}

	private static String describeKey(@Nullable Object key) {
		if (key instanceof Enum<?> constant) {
			return constant.name();
		}
		if (key == null || SimpleValues.isSimple(key)) {
			String text = String.valueOf(key);
			return (text.length() <= MAX_KEY_LENGTH) ? text : text.substring(0, MAX_KEY_LENGTH) + "...";
		}
		return key.getClass().getName();
	}

	private void visitCaptured(GraphNode node) {
		SerializedLambda lambda = describe(node.value());
		if (lambda == null) {
			return;
		}
		for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
			Object captured = lambda.getCapturedArg(i);
			boolean enclosing = i == 0 && captured != null && isEnclosing(lambda, captured);
			this.sink.add(node, enclosing ? GraphNode.ENCLOSING : ".captured[" + i + "]", captured);
		}
	}

	// A lambda that uses its enclosing object is compiled to an instance method of it.
	private static boolean isEnclosing(SerializedLambda lambda, Object captured) {
		return lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
				&& lambda.getImplMethodName().startsWith("lambda$")
				&& isA(captured.getClass(), lambda.getCapturingClass().replace('/', '.'));
	}

	private static boolean isA(Class<?> type, String name) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (current.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

	private void visitFields(GraphNode node) throws IllegalAccessException {
		Class<?> type = node.value().getClass();
		for (; type != null
				&& (this.anyClass || Serializable.class.isAssignableFrom(type)); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				visitField(node, field);
			}
		}
	}

	private void visitField(GraphNode node, Field field) throws IllegalAccessException {
		boolean skipped = Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()
				|| (Modifier.isTransient(field.getModifiers()) && !this.transientFields);
		if (!skipped && field.trySetAccessible()) {
			boolean enclosing = field.isSynthetic() && field.getName().startsWith("this$");
			this.sink.add(node, enclosing ? GraphNode.ENCLOSING : "." + field.getName(), field.get(node.value()));
		}
	}

	/**
	 * Takes the parts.
	 */
	@FunctionalInterface
	interface Sink {

		void add(GraphNode parent, String label, @Nullable Object value);

	}

}
