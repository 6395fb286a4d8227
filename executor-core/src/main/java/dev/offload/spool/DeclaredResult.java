package dev.offload.spool;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import dev.offload.Invocation;
import dev.offload.ItemFunction;
import dev.offload.TaskHandle;

/**
 * What a call gives to its caller, without futures, handles and optionals.
 */
final class DeclaredResult {

	private DeclaredResult() {
	}

	// Anything, for a function that travelled.
	static Class<?> of(Invocation invocation) {
		Object instance = invocation.target().instance();
		return (instance instanceof ItemFunction || instance instanceof Callable) ? Object.class
				: of(invocation.method().getGenericReturnType());
	}

	static Class<?> of(Type type) {
		if (type instanceof WildcardType wildcard) {
			return of(wildcard.getUpperBounds()[0]);
		}
		if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
			return isAround(raw) ? of(parameterized.getActualTypeArguments()[0]) : raw;
		}
		return (type instanceof Class<?> raw && !isAround(raw)) ? raw : Object.class;
	}

	private static boolean isAround(Class<?> type) {
		return type == Optional.class || type == TaskHandle.class || Future.class.isAssignableFrom(type)
				|| CompletionStage.class.isAssignableFrom(type);
	}

}
