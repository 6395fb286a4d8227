package dev.offload.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskOptions;
import dev.offload.spi.AsyncResults;

/**
 * A method that runs in an executor.
 *
 * @param method the method of the bean's own class, never a bridge
 * @param executor the name of the executor
 * @param options the options of its calls
 * @param fallback what answers when a call fails, {@code null} if nothing does
 * @param declaredOnMethod whether the annotation is on the method, not on its type
 */
public record OffloadMethod(Method method, String executor, TaskOptions options, @Nullable Fallback fallback,
		boolean declaredOnMethod) {

	/**
	 * Whether its callers get a future and do not wait.
	 * @return {@code true} for futures and completion stages
	 */
	public boolean async() {
		return AsyncResults.isAsync(this.method.getReturnType());
	}

}
