package dev.offload;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A call of one method with its arguments: the unit of work of annotated methods and of
 * {@linkplain OffloadExecutor#wrap wrapped} objects. Immutable, but for the arguments
 * which are not copied: they are encoded before a submission returns.
 */
public final class Invocation {

	private final InvocationTarget target;

	private final Method method;

	private final @Nullable Object[] arguments;

	private final @Nullable LocalCall localCall;

	private final boolean repeated;

	private Invocation(Invocation one, @Nullable Object items) {
		this.target = one.target;
		this.method = one.method;
		this.arguments = new @Nullable Object[] { items };
		this.localCall = one.localCall;
		this.repeated = true;
	}

	private Invocation(InvocationTarget target, Method method, @Nullable Object[] arguments,
			@Nullable LocalCall localCall) {
		this.repeated = false;
		this.target = target;
		this.method = Objects.requireNonNull(method, "method");
		this.arguments = Objects.requireNonNull(arguments, "arguments");
		this.localCall = localCall;
		if (arguments.length != method.getParameterCount()) {
			throw new IllegalArgumentException(method + " takes " + method.getParameterCount() + " argument(s), not "
					+ arguments.length + "; variable arguments are passed as one array");
		}
		if ((target.kind() == InvocationTarget.Kind.STATIC) != Modifier.isStatic(method.getModifiers())) {
			throw new IllegalArgumentException(method + " cannot be called on a target of kind " + target.kind());
		}
	}

	/**
	 * A call of a static method.
	 * @param method the static method
	 * @param arguments its arguments, variable arguments as one array
	 * @return the invocation
	 */
	public static Invocation ofStatic(Method method, @Nullable Object... arguments) {
		return new Invocation(
				new InvocationTarget(InvocationTarget.Kind.STATIC, method.getDeclaringClass().getName(), null), method,
				arguments, null);
	}

	/**
	 * A call on an object that each worker makes once, by the no-argument constructor of
	 * the type.
	 * @param type the type of the object
	 * @param method the method to call
	 * @param arguments its arguments, variable arguments as one array
	 * @return the invocation
	 */
	public static Invocation onType(Class<?> type, Method method, @Nullable Object... arguments) {
		return new Invocation(new InvocationTarget(InvocationTarget.Kind.TYPE, type.getName(), null), method, arguments,
				null);
	}

	/**
	 * A call on the worker's own bean of that name.
	 * @param bean the name of the bean
	 * @param method the method to call
	 * @param arguments its arguments, variable arguments as one array
	 * @return the invocation
	 */
	public static Invocation onBean(String bean, Method method, @Nullable Object... arguments) {
		return new Invocation(new InvocationTarget(InvocationTarget.Kind.BEAN, bean, null), method, arguments, null);
	}

	/**
	 * A call on an object that travels with the call.
	 * @param instance the object, which must be serializable
	 * @param method the method to call
	 * @param arguments its arguments, variable arguments as one array
	 * @return the invocation
	 */
	public static Invocation onInstance(Object instance, Method method, @Nullable Object... arguments) {
		return new Invocation(
				new InvocationTarget(InvocationTarget.Kind.INSTANCE, instance.getClass().getName(), instance), method,
				arguments, null);
	}

	/**
	 * The same call, with another way to run it when the executor stays in this JVM.
	 * @param call how to run it here
	 * @return a copy with that way
	 */
	public Invocation locally(LocalCall call) {
		if (this.repeated) {
			throw new IllegalStateException("Say how to run the call here before it is repeated");
		}
		return new Invocation(this.target, this.method, this.arguments, Objects.requireNonNull(call, "call"));
	}

	/**
	 * Calls of the same method on the same target, one after another as one task, each
	 * with arguments of its own. This is how {@linkplain OffloadExecutor#map batches} are
	 * sent; others have no use for it.
	 * @param items an array with an element for each call: its argument, or the array of
	 * its arguments where the method does not take just one
	 * @return the calls, whose only argument are the items
	 */
	public Invocation repeated(Object items) {
		return new Invocation(this, Objects.requireNonNull(items, "items"));
	}

	/**
	 * Whether it stands for many calls of its method.
	 * @return {@code true} if its only argument are the arguments of each call
	 */
	public boolean isRepeated() {
		return this.repeated;
	}

	/**
	 * The same call with other arguments, which need not be of the types of the
	 * parameters as long as nobody calls the method with them.
	 * @param replaced the arguments
	 * @return a copy with those
	 */
	public Invocation withArguments(@Nullable Object... replaced) {
		if (this.repeated) {
			throw new IllegalStateException("Replace the arguments of a call before it is repeated");
		}
		return new Invocation(this.target, this.method, replaced, this.localCall);
	}

	/**
	 * On what object it runs.
	 * @return the target
	 */
	public InvocationTarget target() {
		return this.target;
	}

	/**
	 * The method to call.
	 * @return the method
	 */
	public Method method() {
		return this.method;
	}

	/**
	 * The arguments, not copied.
	 * @return the arguments
	 */
	public @Nullable Object[] arguments() {
		return this.arguments;
	}

	/**
	 * How to run it in this JVM, if that is not by reflection on the target.
	 * @return the local call or {@code null}
	 */
	public @Nullable LocalCall localCall() {
		return this.localCall;
	}

	/**
	 * The name used in messages, logs and numbers: simple class name and method.
	 * @return for example {@code PdfService.render}
	 */
	public String label() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

	@Override
	public String toString() {
		return label() + " on " + this.target.kind() + " " + this.target.name();
	}

}
