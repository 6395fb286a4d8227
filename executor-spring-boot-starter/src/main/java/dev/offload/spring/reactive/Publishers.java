package dev.offload.spring.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The part of {@link ReactiveMethod} that needs Reactor.
 */
final class Publishers {

	private Publishers() {
	}

	static Object ofCalls(@Nullable ReactiveAdapter adapter, Supplier<CompletableFuture<?>> call) {
		return adapted(adapter, Mono.fromFuture(() -> asObject(call.get())));
	}

	static Object ofStreams(@Nullable ReactiveAdapter adapter, Supplier<Flow.Publisher<?>> call) {
		return adapted(adapter, Flux.defer(() -> JdkFlowAdapter.flowPublisherToFlux(call.get())));
	}

	// A Mono without a value is one of null.
	@SuppressWarnings("unchecked")
	private static CompletableFuture<Object> asObject(CompletableFuture<?> future) {
		return (CompletableFuture<Object>) future;
	}

	private static Object adapted(@Nullable ReactiveAdapter adapter, Publisher<?> publisher) {
		return (adapter != null) ? adapter.fromPublisher(publisher) : publisher;
	}

	static @Nullable Object await(Object result, boolean many) throws Throwable {
		Publisher<?> publisher = publisher(result);
		CompletableFuture<?> future = many ? Flux.from(publisher).collectList().toFuture()
				: Mono.from(publisher).toFuture();
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			throw ex;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	static Stream<?> items(Object result) {
		return PublishedItems.of(publisher(result));
	}

	private static Publisher<?> publisher(Object result) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		if (adapter == null) {
			throw new IllegalStateException("The method was to return something to subscribe to, and returned a "
					+ result.getClass().getName());
		}
		return adapter.toPublisher(result);
	}

	static Object withAnswer(@Nullable ReactiveAdapter adapter, boolean many, Object result,
			Function<Throwable, ReactiveMethod.Answer> answer) {
		Publisher<?> running = publisher(result);
		Function<Throwable, Publisher<Object>> resume = (failure) -> answered(answer.apply(failure));
		return adapted(adapter, many ? Flux.defer(() -> unlessTold(running, resume))
				: Mono.<Object>from(running).onErrorResume((failure) -> Mono.from(resume.apply(failure))));
	}

	// An answer stands for the whole, so it cannot follow the first part of another.
	private static Flux<Object> unlessTold(Publisher<?> running, Function<Throwable, Publisher<Object>> resume) {
		AtomicBoolean told = new AtomicBoolean();
		return Flux.<Object>from(running)
			.doOnNext((item) -> told.setPlain(true))
			.onErrorResume((failure) -> !told.getPlain(), resume);
	}

	@SuppressWarnings("unchecked")
	private static Publisher<Object> answered(ReactiveMethod.Answer answer) {
		if (answer.failure() != null) {
			return Mono.error(answer.failure());
		}
		Object value = answer.value();
		ReactiveAdapter adapter = (value != null) ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, value)
				: null;
		return (adapter != null) ? (Publisher<Object>) (Publisher<?>) adapter.toPublisher(value)
				: Mono.justOrEmpty(value);
	}

}
