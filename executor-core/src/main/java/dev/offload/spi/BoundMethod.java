package dev.offload.spi;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * A method found in a worker, ready to be called many times.
 */
public interface BoundMethod {

	/**
	 * The method; its declared types say what arguments are admitted.
	 * @return the method
	 */
	Method method();

	/**
	 * Calls it.
	 * @param instance the object that travelled with the call, {@code null} unless the
	 * kind of the target says so
	 * @param arguments the arguments
	 * @return the result
	 * @throws Throwable whatever the method throws, not wrapped
	 */
	@Nullable Object invoke(@Nullable Object instance, @Nullable Object[] arguments) throws Throwable;

	/**
	 * Calls it for the items of its result, which travel one by one. They may be made
	 * when they are wanted, on the thread that wants them.
	 * @param instance the object that travelled with the call, {@code null} unless the
	 * kind of the target says so
	 * @param arguments the arguments
	 * @return a {@link java.util.stream.Stream}, which is closed by the caller; by
	 * default what {@link #invoke} gives
	 * @throws Throwable whatever the method throws, not wrapped
	 */
	default @Nullable Object invokeForItems(@Nullable Object instance, @Nullable Object[] arguments) throws Throwable {
		return invoke(instance, arguments);
	}

}
