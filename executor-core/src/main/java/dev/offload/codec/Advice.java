package dev.offload.codec;

import java.io.InputStream;
import java.lang.invoke.SerializedLambda;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadCodec;

/**
 * What to do about an object that cannot be written.
 */
final class Advice {

	static final String SERIALIZABLE = "; let the class implement java.io.Serializable, make the field transient, or "
			+ "send the data it holds instead";

	private static final String BY_ITSELF = "; a stream or a path travels only by itself, as an argument of a method or "
			+ "as a result, and not inside of another object or a lambda: give it to the method as an argument, as with "
			+ "an Invocation";

	private Advice() {
	}

	static String of(PayloadCodec codec) {
		return codec.requiresSerializable() ? SERIALIZABLE
				: "; make the field transient, or send the data it holds instead";
	}

	// The other codec is of use where it writes what this one does not.
	static String of(GraphNode node, String codecProperty) {
		String advice = of(node);
		ClassLoader loader = node.value().getClass().getClassLoader();
		boolean jdk = loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
		return (jdk || GraphParts.isLambda(node.value()) || node.capturedBy() != null) ? advice : advice + ", or set "
				+ codecProperty + " to kryo, which needs no Serializable, and add the module " + "executor-codec-kryo";
	}

	private static String of(GraphNode node) {
		Object capturing = node.capturedBy();
		if (capturing != null) {
			return GraphParts.isLambda(capturing) ? ofLambda(capturing) : ofInner(capturing);
		}
		if (GraphParts.isLambda(node.value())) {
			return ": it is a lambda whose interface is not; cast it, as in (Supplier<String> & java.io.Serializable), "
					+ "or send data instead";
		}
		if (node.value() instanceof InputStream || node.value() instanceof Path) {
			return BY_ITSELF;
		}
		GraphNode parent = node.parent();
		if (parent != null && GraphParts.isLambda(parent.value())) {
			return ": the lambda captures it; make it inside the lambda, let it implement java.io.Serializable, or call "
					+ "the bean's method as an Invocation";
		}
		return SERIALIZABLE;
	}

	private static String ofLambda(Object lambda) {
		SerializedLambda described = GraphParts.describe(lambda);
		return ": the lambda" + place(described) + " uses a field or an instance method of the enclosing object and so "
				+ "captures all of it; copy what it needs to local variables before, call a static method, or call the "
				+ "bean's method as an Invocation";
	}

	private static String place(@Nullable SerializedLambda described) {
		return (described != null) ? " in " + described.getCapturingClass().replace('/', '.') : "";
	}

	private static String ofInner(Object inner) {
		return ": an object of the inner class " + inner.getClass().getName() + " holds its enclosing object; make the "
				+ "class static or a record, or use a lambda that needs only local variables";
	}

}
