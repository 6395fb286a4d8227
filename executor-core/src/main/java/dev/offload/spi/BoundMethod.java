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

}
