package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.InvocationTarget;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.Task;
import dev.offload.spi.CallResults;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * Writes and reads what travels between a service and its workers: tasks, calls, results
 * and failures. Tasks and calls have formats of their own, so that a worker can refuse
 * one of them before it deserializes anything. Safe for use by many threads.
 */
public final class TaskCodec {

	private static final PayloadSubject TASK = new PayloadSubject(Direction.TO_WORKER, "The task");

	private static final PayloadSubject RESULT = new PayloadSubject(Direction.FROM_WORKER, "The result");

	private final PayloadBody body;

	private final FailureCodec failures;

	private final PayloadErrors errors;

	private final PayloadLimits limits;

	/**
	 * Creates one.
	 * @param codec turns objects into bytes
	 * @param executor the name of the executor, for messages
	 * @param limits the limits on what is written; reading has those of its scope
	 */
	public TaskCodec(PayloadCodec codec, String executor, PayloadLimits limits) {
		this.limits = limits;
		this.errors = new PayloadErrors(executor, codec);
		this.body = new PayloadBody(codec);
		this.failures = new FailureCodec(codec, executor, limits, this.errors);
	}

	/**
	 * Writes a task.
	 * @param task the task
	 * @return its payload
	 * @throws PayloadException if it or what it captures cannot be sent
	 */
	public Payload encodeTask(Task<?> task) {
		Objects.requireNonNull(task, "task");
		return encode((out) -> {
			RequestHeader.write(out, task);
			this.body.writeObject(out, task);
		}, () -> new PayloadSubject(Direction.TO_WORKER, TASK.name(), List.of(new GraphRoot("task", task))));
	}

	/**
	 * Writes a call with its arguments and, for a target of kind {@code INSTANCE}, the
	 * object to call it on. Objects that several of them share stay shared.
	 * @param invocation the call
	 * @return its payload
	 * @throws PayloadException if something cannot be sent, naming it
	 */
	public Payload encodeInvocation(Invocation invocation) {
		return encode((out) -> {
			RequestHeader.write(out, invocation);
			this.body.writeArray(out, travelling(invocation));
		}, () -> subjectOf(invocation));
	}

	/**
	 * Writes the arguments of a call, for a worker that is told otherwise which method
	 * they are for.
	 * @param invocation the call
	 * @return its payload
	 * @throws PayloadException if something cannot be sent, naming it
	 */
	public Payload encodeArguments(Invocation invocation) {
		return encode((out) -> this.body.writeArray(out, travelling(invocation)), () -> subjectOf(invocation));
	}

	private static PayloadSubject subjectOf(Invocation invocation) {
		return new PayloadSubject(Direction.TO_WORKER, nameOf(invocation.label()), GraphRoot.of(invocation));
	}

	/**
	 * Writes which method a call is of, and on what object.
	 * @param invocation the call
	 * @return the bytes
	 */
	public static byte[] encodeAddress(Invocation invocation) {
		LimitedOutput out = new LimitedOutput(Integer.MAX_VALUE);
		try {
			RequestHeader.writeAddress(new PayloadWriter(out), invocation);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads which method a call is of, and on what object.
	 * @param bytes the bytes
	 * @return the address
	 * @throws IOException if they are damaged
	 */
	public static MethodAddress decodeAddress(byte[] bytes) throws IOException {
		PayloadReader in = new PayloadReader(Payload.of(bytes));
		MethodAddress address = RequestHeader.readAddress(in);
		in.requireEnd();
		return address;
	}

	/**
	 * A request that consists of arguments, for a method that was told otherwise.
	 * @param address the method
	 * @param payload the arguments
	 * @return the request
	 */
	public static TaskRequest.OfInvocation requestOf(MethodAddress address, Payload payload) {
		return new TaskRequest.OfInvocation(address, false, payload, payload.start());
	}

	/**
	 * Reads a result.
	 * @param payload its payload
	 * @param scope what may be read
	 * @return the result
	 * @throws PayloadException if it cannot be read or is refused
	 */
	public @Nullable Object decodeResult(Payload payload, PayloadScope scope) {
		return decode(payload.size(), scope, () -> this.body.readValue(new PayloadReader(payload), scope),
				() -> RESULT);
	}

	/**
	 * Reads a result that travelled by reference, and no other.
	 * @param payload the bytes of a result
	 * @return the reference, also that of an {@link Optional}, or {@code null} if the
	 * result is in the bytes
	 * @throws PayloadException if it cannot be read
	 */
	public @Nullable PayloadReference findReference(Payload payload) {
		try {
			return PayloadBody.findReference(new PayloadReader(payload));
		}
		catch (IOException ex) {
			throw this.errors.notDecoded(RESULT, ex);
		}
	}

	/**
	 * Reads a failure. Never throws: what cannot be rebuilt becomes a
	 * {@link dev.offload.RemoteTaskException} that says why.
	 * @param payload its payload
	 * @param scope what may be read
	 * @return the exception, with the stack trace of the worker
	 */
	public Throwable decodeFailure(Payload payload, PayloadScope scope) {
		return this.failures.decode(payload, scope);
	}

	/**
	 * Reads what a worker is asked to run, but for its objects.
	 * @param payload the payload
	 * @return the request
	 * @throws PayloadException if it is damaged
	 */
	public TaskRequest readRequest(Payload payload) {
		try {
			return RequestHeader.read(payload);
		}
		catch (IOException ex) {
			throw this.errors.notDecoded(new PayloadSubject(Direction.TO_WORKER, "The request"), ex);
		}
	}

	/**
	 * Reads a task.
	 * @param request the request
	 * @param scope what may be read
	 * @return the task
	 * @throws PayloadException if it cannot be read or is refused
	 */
	public Task<?> decodeTask(TaskRequest.OfTask request, PayloadScope scope) {
		return decode(request.size(), scope, () -> {
			if (this.body.readObject(request.body(), scope) instanceof Task<?> task) {
				return task;
			}
			throw new StreamCorruptedException("it is not a task");
		}, () -> TASK);
	}

	/**
	 * Reads the arguments of a call.
	 * @param request the request
	 * @param scope what may be read
	 * @return the arguments, and the object if it travelled
	 * @throws PayloadException if they cannot be read or are refused
	 */
	public CallArguments decodeArguments(TaskRequest.OfInvocation request, PayloadScope scope) {
		boolean travels = request.address().kind() == InvocationTarget.Kind.INSTANCE;
		int values = request.isRepeated() ? 1 : request.address().parameterTypes().size();
		int expected = values + (travels ? 1 : 0);
		return decode(request.size(), scope, () -> {
			@Nullable Object[] all = this.body.readArray(request.body(), scope);
			if (all.length != expected) {
				throw new StreamCorruptedException(all.length + " values for " + expected);
			}
			return travels ? new CallArguments(all[0], Arrays.copyOfRange(all, 1, expected))
					: new CallArguments(null, all);
		}, () -> new PayloadSubject(Direction.TO_WORKER, nameOf(request.label())));
	}

	/**
	 * Writes a result.
	 * @param result the result
	 * @return its payload
	 * @throws PayloadException if it cannot be sent, naming the part and its class
	 */
	public Payload encodeResult(@Nullable Object result) {
		return encode((out) -> this.body.writeValue(out, result), () -> subjectOf(result));
	}

	private static PayloadSubject subjectOf(@Nullable Object result) {
		Object held = (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
		return new PayloadSubject(Direction.FROM_WORKER, RESULT.name(), List.of(new GraphRoot("result", held)));
	}

	/**
	 * Writes what came of repeated calls. A result that cannot be sent, or for which the
	 * others leave no room, becomes the failure of its call.
	 * @param results the results and failures
	 * @return their payload
	 * @throws PayloadException if they are too many bytes together
	 */
	public Payload encodeResults(CallResults results) {
		return ResultsForm.encode(this, results);
	}

	long maxBytes() {
		return this.limits.maxBytes();
	}

	// What becomes of a result for which the others of its chunk leave no room.
	PayloadException tooLargeTogether(int results) {
		return this.errors.tooLargeTogether(results, this.limits.maxBytes());
	}

	/**
	 * Reads what came of repeated calls.
	 * @param payload the bytes
	 * @param scope what may be read
	 * @return the results and failures
	 * @throws PayloadException if they cannot be read or are refused
	 */
	public CallResults decodeResults(Payload payload, PayloadScope scope) {
		Object form = decodeResult(payload, scope);
		return decode(payload.size(), scope, () -> ResultsForm.decode(this, form, payload.size(), scope), () -> RESULT);
	}

	/**
	 * Writes a failure: its texts always, the exception itself if that is possible. Never
	 * throws, but for errors of the JVM such as having no memory.
	 * @param failure the failure
	 * @return its payload
	 */
	public Payload encodeFailure(Throwable failure) {
		return this.failures.encode(failure);
	}

	// What is looked at to say what is wrong is made only then.
	private Payload encode(Encoding encoding, Supplier<PayloadSubject> subject) {
		LimitedOutput out = new LimitedOutput(this.limits.maxBytes());
		try {
			encoding.writeTo(out);
			return out.toPayload();
		}
		catch (Throwable ex) {
			Texts.rethrowFatal(ex);
			throw this.errors.notEncoded(subject.get(), ex);
		}
	}

	private <T extends @Nullable Object> T decode(long size, PayloadScope scope, Decoding<T> decoding,
			Supplier<PayloadSubject> subject) {
		try {
			if (size > scope.limits().maxBytes()) {
				throw PayloadLimitException.ofBytes(scope.limits().maxBytes());
			}
			return decoding.read();
		}
		catch (Throwable ex) {
			Texts.rethrowFatal(ex);
			throw this.errors.notDecoded(subject.get(), ex);
		}
	}

	private static String nameOf(String label) {
		return "The call of " + label;
	}

	private static @Nullable Object[] travelling(Invocation invocation) {
		@Nullable Object[] arguments = invocation.arguments();
		if (invocation.target().kind() != InvocationTarget.Kind.INSTANCE) {
			return arguments;
		}
		@Nullable Object[] all = new @Nullable Object[arguments.length + 1];
		all[0] = invocation.target().instance();
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return all;
	}

	/**
	 * Writes one payload.
	 */
	@FunctionalInterface
	private interface Encoding {

		void writeTo(LimitedOutput out) throws IOException;

	}

	/**
	 * Reads one payload.
	 *
	 * @param <T> what is read
	 */
	@FunctionalInterface
	private interface Decoding<T extends @Nullable Object> {

		T read() throws IOException, ClassNotFoundException;

	}

}
