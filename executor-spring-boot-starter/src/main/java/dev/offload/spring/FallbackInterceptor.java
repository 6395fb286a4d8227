package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spring.reactive.ReactiveMethod;

/**
 * Answers for calls that have failed in their executor. It stands outside of all other
 * advice, so that a retry comes before the answer and no cache keeps it.
 */
final class FallbackInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(FallbackInterceptor.class);

	private final BeanMethods methods;

	FallbackInterceptor(BeanMethods methods) {
		this.methods = methods;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		OffloadMethod method = this.methods.find(invocation);
		if (method == null) {
			return invocation.proceed();
		}
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			// What the call of a future came to is in the future. Whoever is interrupted
			// wants no answer, whatever it waited for.
			if (method.async() || CallOutcome.isInFuture(invocation) || Thread.currentThread().isInterrupted()) {
				throw ex;
			}
			Object given = answer(invocation, method, ex);
			return (given == null && method.kind() == CallForm.Kind.STREAM) ? Stream.empty() : given;
		}
		ReactiveMethod reactive = method.form().reactive();
		if (reactive != null && result != null) {
			return reactive.withAnswer(result, (failure) -> subscribed(invocation, method, failure));
		}
		if (method.kind() == CallForm.Kind.STREAM && result instanceof Stream<?> items) {
			return AnsweredItems.of(items, (failure) -> answer(invocation, method, unwrapped(failure)));
		}
		return (method.async() && result instanceof CompletionStage<?> stage)
				? answering(invocation, method, stage.toCompletableFuture()) : result;
	}

	private ReactiveMethod.Answer subscribed(MethodInvocation invocation, OffloadMethod method, Throwable failure) {
		try {
			return new ReactiveMethod.Answer(answer(invocation, method, unwrapped(failure)), null);
		}
		catch (Throwable ex) {
			return new ReactiveMethod.Answer(null, ex);
		}
	}

	private @Nullable Object answer(MethodInvocation invocation, OffloadMethod method, Throwable thrown)
			throws Throwable {
		Throwable failure = CallOutcome.failure(invocation, thrown);
		Method answering = (failure != null) ? find(method, failure) : null;
		if (failure == null || answering == null) {
			throw thrown;
		}
		logger.debug("Bean '{}': {} answers for {}, which failed", this.methods.bean(), answering.getName(),
				method.method().getName(), failure);
		return Fallback.invoke(answering, invocation.getThis(),
				Arrays.copyOf(invocation.getArguments(), ReactiveMethod.parameterCount(method.method())), failure);
	}

	// Whoever cancels wants no answer.
	private static @Nullable Method find(OffloadMethod method, Throwable failure) {
		Fallback fallback = method.fallback();
		return (fallback == null || failure instanceof CancellationException || failure instanceof InterruptedException)
				? null : fallback.find(method.method(), failure);
	}

	private CompletableFuture<?> answering(MethodInvocation invocation, OffloadMethod method,
			CompletableFuture<?> running) {
		CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
		var unused = running.whenComplete((value, thrown) -> {
			if (thrown == null) {
				answer.complete(value);
			}
			else {
				complete(answer, invocation, method, unwrapped(thrown));
			}
		});
		cancelWith(answer, running);
		return answer;
	}

	private static void cancelWith(CompletableFuture<?> answer, CompletableFuture<?> running) {
		var unused = answer.whenComplete((value, thrown) -> {
			if (answer.isCancelled()) {
				running.cancel(true);
			}
		});
	}

	private void complete(CompletableFuture<@Nullable Object> answer, MethodInvocation invocation, OffloadMethod method,
			Throwable thrown) {
		try {
			Object value = answer.isDone() ? null : answer(invocation, method, thrown);
			if (value instanceof CompletionStage<?> later) {
				var unused = later.whenComplete((result, ex) -> {
					if (ex == null) {
						answer.complete(result);
					}
					else {
						answer.completeExceptionally(Fallback.suppressing(unwrapped(ex), thrown));
					}
				});
			}
			else {
				answer.complete(value);
			}
		}
		catch (Throwable ex) {
			answer.completeExceptionally(ex);
		}
	}

	private static Throwable unwrapped(Throwable thrown) {
		Throwable cause = thrown.getCause();
		return (cause != null && (thrown instanceof CompletionException || thrown instanceof ExecutionException))
				? cause : thrown;
	}

}
