package dev.offload.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;

/**
 * What came of {@linkplain Invocation#repeated repeated} calls.
 *
 * @param values the results, as {@link Items} packs them; {@code null} where a call
 * failed
 * @param failures the failures by the number of the call
 * @param nanos how long all of them took
 */
public record CallResults(Object values, Map<Integer, Throwable> failures, long nanos) {

	/**
	 * Makes the calls, one after another. One that fails holds up no other; one that is
	 * interrupted ends them all, and so does an error of the JVM.
	 * @param items the argument of each call, or the array of its arguments
	 * @param parameters how many parameters the method has
	 * @param method what is called
	 * @return the results
	 * @throws Throwable if they were interrupted, or the JVM has no memory
	 */
	public static CallResults of(Object items, int parameters, Call method) throws Throwable {
		long start = System.nanoTime();
		int count = Items.count(items);
		List<@Nullable Object> values = new ArrayList<>(count);
		Map<Integer, Throwable> failures = new TreeMap<>();
		for (int i = 0; i < count; i++) {
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedException("Interrupted after " + i + " of " + count + " calls");
			}
			values.add(call(method, arguments(Items.get(items, i), parameters), i, failures));
		}
		return new CallResults(Items.pack(values), failures, System.nanoTime() - start);
	}

	private static @Nullable Object call(Call method, @Nullable Object[] arguments, int index,
			Map<Integer, Throwable> failures) throws Throwable {
		try {
			return AsyncResults.await(method.invoke(arguments));
		}
		catch (InterruptedException | OutOfMemoryError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			failures.put(index, ex);
			return null;
		}
	}

	private static @Nullable Object[] arguments(@Nullable Object item, int parameters) {
		if (parameters == 1) {
			return new @Nullable Object[] { item };
		}
		if (item instanceof Object[] list && list.length == parameters) {
			return list;
		}
		throw new IllegalArgumentException("An item is no array of " + parameters + " arguments");
	}

	/**
	 * One call.
	 */
	@FunctionalInterface
	public interface Call {

		/**
		 * Makes it.
		 * @param arguments the arguments
		 * @return the result
		 * @throws Throwable what the method throws
		 */
		@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable;

	}

}
