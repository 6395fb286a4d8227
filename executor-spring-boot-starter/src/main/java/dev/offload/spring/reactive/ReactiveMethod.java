package dev.offload.spring.reactive;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A method whose callers subscribe to its result: one that returns a reactive type, or a
 * {@code suspend} function, which is one for Spring's proxies. Has none of their types in
 * its own, so it can be loaded without them. Immutable.
 */
public final class ReactiveMethod {

	private static final ClassLoader LOADER = ReactiveMethod.class.getClassLoader();

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux", LOADER);

	private static final boolean COROUTINES = REACTOR
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", LOADER)
			&& ClassUtils.isPresent("kotlin.reflect.full.KClasses", LOADER);

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	/** What a function returns that returns nothing: it does not travel. */
	private static final String UNIT = "kotlin.Unit";

	/** Gives the type of the method, {@code null} for a suspend function. */
	private final @Nullable ReactiveAdapter adapter;

	private final boolean suspending;

	private final boolean many;

	private final ResolvableType value;

	private ReactiveMethod(@Nullable ReactiveAdapter adapter, boolean many, ResolvableType value) {
		this.adapter = adapter;
		this.suspending = adapter == null;
		this.many = many;
		this.value = value;
	}

	/**
	 * Looks at a method.
	 * @param method the method
	 * @return what it is, {@code null} if its callers do not subscribe, or cannot for
	 * want of a library
	 */
	public static @Nullable ReactiveMethod of(Method method) {
		return of(method, REACTOR, COROUTINES);
	}

	// As if those libraries were there, or not.
	static @Nullable ReactiveMethod of(Method method, boolean reactor, boolean coroutines) {
		if (!reactor) {
			return null;
		}
		if (KotlinDetector.isSuspendingFunction(method)) {
			return coroutines ? suspending(method) : null;
		}
		Class<?> type = method.getReturnType();
		ReactiveAdapter found = CompletionStage.class.isAssignableFrom(type) ? null
				: ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (found == null || !type.isAssignableFrom(found.getReactiveType())) {
			return null;
		}
		ResolvableType value = found.isNoValue() ? ResolvableType.forClass(Void.class)
				: ResolvableType.forMethodReturnType(method).getGeneric(0);
		return new ReactiveMethod(found, found.isMultiValue(), value);
	}

	// What it returns is written in its last parameter.
	private static ReactiveMethod suspending(Method method) {
		ResolvableType result = ResolvableType.forMethodParameter(method, method.getParameterCount() - 1).getGeneric(0);
		Class<?> type = result.resolve(Object.class);
		if (type.getName().equals(UNIT)) {
			return new ReactiveMethod(null, false, ResolvableType.forClass(Void.class));
		}
		return type.getName().equals(FLOW) ? new ReactiveMethod(null, true, result.getGeneric(0))
				: new ReactiveMethod(null, false, result);
	}

	/**
	 * The parameters of a method that are its own, without that by which a
	 * {@code suspend} function goes on.
	 * @param method the method
	 * @return their number
	 */
	public static int parameterCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	/**
	 * Whether there may be many values.
	 * @return {@code false} for one or none
	 */
	public boolean many() {
		return this.many;
	}

	/**
	 * The type of its values.
	 * @return the declared type
	 */
	public ResolvableType value() {
		return this.value;
	}

	/**
	 * What the caller subscribes to where there is one value. Each subscription makes a
	 * call, which is cancelled with it.
	 * @param call makes a call, and gives the future of its value
	 * @return an object of the method's type, or for a suspend function what proxies make
	 * one of
	 */
	public Object onSubscription(Supplier<CompletableFuture<?>> call) {
		return Publishers.ofCalls(this.adapter, call);
	}

	/**
	 * What the caller subscribes to where there may be many values. Each subscription
	 * makes a call, which is cancelled with it, and asks for values as it wants them.
	 * @param call makes a call, and gives its values as they are made
	 * @return an object of the method's type, or for a suspend function what proxies make
	 * one of
	 */
	public Object onSubscriptionToMany(Supplier<Flow.Publisher<?>> call) {
		return Publishers.ofStreams(this.adapter, call);
	}

	/**
	 * The arguments with which to call the method where its task runs.
	 * @param arguments those that travelled
	 * @return the same, with what a suspend function needs to be called
	 */
	public @Nullable Object[] arguments(@Nullable Object[] arguments) {
		if (!this.suspending) {
			return arguments;
		}
		@Nullable Object[] all = arguments.clone();
		all[all.length - 1] = TaskContinuation.INSTANCE;
		return all;
	}

	/**
	 * Waits for what the method returned, on this thread, and for all of it.
	 * @param result what the method returned
	 * @return its value, or the list of its values
	 * @throws Throwable whatever it ended with
	 */
	public @Nullable Object await(@Nullable Object result) throws Throwable {
		return (result != null) ? Publishers.await(result, this.many) : null;
	}

	/**
	 * The values of what the method returned, for the thread that wants them: it
	 * subscribes, and waits for each. What it failed with is thrown as it is, also where
	 * that is checked.
	 * @param result what the method returned
	 * @return the values, to be closed
	 */
	public Stream<?> items(@Nullable Object result) {
		return (result != null) ? Publishers.items(result) : Stream.empty();
	}

	/**
	 * The same result, with another one for failures, of many values only for that before
	 * the first.
	 * @param result what the method's caller would subscribe to
	 * @param answer gives for a failure a value or something to subscribe to
	 * @return an object of the method's type
	 */
	public Object withAnswer(Object result, Function<Throwable, Answer> answer) {
		return Publishers.withAnswer(this.adapter, this.many, result, answer);
	}

	/**
	 * An answer for a failure.
	 *
	 * @param value a value, or something to subscribe to
	 * @param failure why there is none, {@code null} if there is
	 */
	public record Answer(@Nullable Object value, @Nullable Throwable failure) {

	}

}
