package dev.offload.pool;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.InvocationTarget;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.protocol.MethodNumber;
import dev.offload.spi.PayloadScope;

/**
 * The numbers of the methods that an executor has called. A method keeps its number;
 * those that come when all numbers are given away get none, now and later. Safe for use
 * by many threads.
 */
final class MethodTable {

	private final Map<Key, KnownMethod> methods = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	/**
	 * The number of a method and its target.
	 * @param invocation a call of the method
	 * @return the method with its number, {@code null} if it has none
	 */
	@Nullable KnownMethod of(Invocation invocation) {
		InvocationTarget target = invocation.target();
		Key key = new Key(target.kind(), target.name(), invocation.method());
		KnownMethod known = this.methods.get(key);
		if (known == null) {
			// The one place of the decision: callers of one method must not differ.
			known = this.methods.computeIfAbsent(key, (absent) -> number(invocation));
		}
		return (known != null && known.number() > 0) ? known : null;
	}

	// With the number 0 if it is too long to have one; null if all are given away.
	private @Nullable KnownMethod number(Invocation invocation) {
		if (this.numbers.get() >= MethodNumber.MAX) {
			return null;
		}
		byte[] definition = TaskCodec.encodeAddress(invocation);
		if (definition.length > MethodNumber.MAX_DEFINITION_BYTES) {
			return new KnownMethod(0, definition);
		}
		int number = this.numbers.updateAndGet((last) -> Math.min(last + 1, MethodNumber.MAX + 1));
		return (number <= MethodNumber.MAX) ? new KnownMethod(number, definition) : null;
	}

	/**
	 * What makes a method the same for a worker.
	 *
	 * @param kind how the object is found
	 * @param target the name of its type or bean
	 * @param method the method
	 */
	private record Key(InvocationTarget.Kind kind, String target, Method method) {

	}

	/**
	 * A method that may have a number.
	 */
	static final class KnownMethod {

		private final int number;

		private final byte[] definition;

		/** Made by whoever needs it first; all make the same. */
		private volatile @Nullable PayloadScope results;

		KnownMethod(int number, byte[] definition) {
			this.number = number;
			this.definition = definition;
		}

		// The number, 0 for none.
		int number() {
			return this.number;
		}

		// Its encoded address.
		byte[] definition() {
			return this.definition;
		}

		// What may be read as the result of a call, unless that depends on an object
		// which travels.
		PayloadScope results(PayloadScopes scopes, Invocation invocation) {
			PayloadScope scope = this.results;
			if (scope == null) {
				scope = scopes.ofResult(invocation);
				this.results = scope;
			}
			return scope;
		}

	}

}
