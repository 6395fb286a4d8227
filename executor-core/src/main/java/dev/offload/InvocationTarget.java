package dev.offload;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * On what object an {@link Invocation} runs.
 *
 * @param kind how the object is found where the task runs
 * @param name the name of the type or of the bean
 * @param instance the object itself for {@link Kind#INSTANCE}, which travels with each
 * call, otherwise {@code null}
 */
public record InvocationTarget(Kind kind, String name, @Nullable Object instance) {

	public InvocationTarget {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(name, "name");
		if ((kind == Kind.INSTANCE) != (instance != null)) {
			throw new IllegalArgumentException("An instance belongs to kind INSTANCE and to no other, not to " + kind);
		}
	}

	/**
	 * The kinds of targets.
	 */
	public enum Kind {

		/**
		 * No object: the method is static.
		 */
		STATIC,

		/**
		 * One object for each worker, made by the no-argument constructor of the named
		 * type.
		 */
		TYPE,

		/**
		 * The worker's own bean of that name.
		 */
		BEAN,

		/**
		 * An object that travels with the call.
		 */
		INSTANCE

	}

}
