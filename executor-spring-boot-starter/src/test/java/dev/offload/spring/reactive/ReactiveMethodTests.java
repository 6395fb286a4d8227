package dev.offload.spring.reactive;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for methods whose callers subscribe, and for what there is without libraries.
 */
class ReactiveMethodTests {

	@Test
	void methodWithoutReactorIsNone() {
		assertThat(of("mono", true, false)).isNotNull();
		assertThat(of("mono", false, false)).isNull();
		assertThat(of("flow", false, false)).isNull();
	}

	@Test
	void suspendFunctionWithoutCoroutinesIsNone() {
		assertThat(of("suspending", true, true)).isNotNull();
		assertThat(of("suspending", true, false)).isNull();
		assertThat(of("suspending", false, false)).isNull();
	}

	@Test
	void typeWithoutAValueMakesACallWithEachSubscription() throws Throwable {
		ReactiveAdapterRegistry.getSharedInstance()
			.registerReactiveType(ReactiveTypeDescriptor.noValue(Done.class, () -> new Done(Mono.empty())),
					(done) -> ((Done) done).publisher(), Done::new);
		ReactiveMethod method = of("done", true, false);
		assertThat(method).isNotNull();
		assertThat(method.value().resolve()).isEqualTo(Void.class);
		AtomicInteger calls = new AtomicInteger();
		Object made = method.onSubscription(() -> {
			calls.incrementAndGet();
			return CompletableFuture.completedFuture(null);
		});
		assertThat(calls).hasValue(0);
		assertThat(made).isInstanceOf(Done.class);
		assertThat(method.await(made)).isNull();
		assertThat(calls).hasValue(1);
	}

	private static @Nullable ReactiveMethod of(String name, boolean reactor, boolean coroutines) {
		for (Method method : ReflectionUtils.getDeclaredMethods(Service.class)) {
			if (method.getName().equals(name)) {
				return ReactiveMethod.of(method, reactor, coroutines);
			}
		}
		throw new IllegalArgumentException(name);
	}

	record Done(Publisher<?> publisher) {

	}

	// For the one who looks at the method it is one of Kotlin.
	@Metadata
	interface Service {

		Mono<String> mono();

		Flow.Publisher<String> flow();

		Done done();

		Object suspending(String text, Continuation<? super String> continuation);

	}

}
