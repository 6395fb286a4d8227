package dev.offload;

import org.jspecify.annotations.Nullable;

/**
 * How an {@link Invocation} runs when its executor stays in this JVM. It is never sent.
 */
@FunctionalInterface
public interface LocalCall {

	/**
	 * Runs the method in this JVM.
	 * @param arguments the arguments, which may be copies of those of the invocation
	 * @return the result
	 * @throws Throwable whatever the method throws
	 */
	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable;

}
