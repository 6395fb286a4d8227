package dev.offload.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.CallArguments;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.codec.TaskRequest;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Failed;
import dev.offload.spi.AsyncResults;
import dev.offload.spi.BoundMethod;
import dev.offload.spi.CallResults;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.InterruptGuard;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.TargetResolver;
import dev.offload.spool.OpenArguments;
import dev.offload.spool.WorkerSpool;

/**
 * Decodes a task, runs it, and encodes how it ended. Safe for use by many threads.
 */
final class TaskRunner {

	/** The code by which a JVM exits that ran out of memory. */
	private static final int OUT_OF_MEMORY = 3;

	private final TaskCodec codec;

	private final PayloadScopes scopes;

	private final TargetResolver resolver;

	private final ContextCarriers carriers;

	private final WorkerSpool spool;

	private final ClassLoader loader;

	private final Map<MethodAddress, BoundMethod> methods = new ConcurrentHashMap<>();

	TaskRunner(TaskCodec codec, PayloadScopes scopes, TargetResolver resolver, ContextCarriers carriers,
			WorkerSpool spool) {
		this.codec = codec;
		this.scopes = scopes;
		this.resolver = resolver;
		this.carriers = carriers;
		this.spool = spool;
		this.loader = resolver.classLoader();
	}

	// Runs a task that does nothing: the first one of a JVM takes long, for it loads the
	// classes that every task needs.
	void warmUp() {
		try {
			run(new Execute(0, this.codec.encodeTask(new FirstTask())), Call.FIRST, new InterruptGuard());
		}
		catch (RuntimeException ex) {
			// Not every codec can encode it, and it is not needed.
		}
	}

	// What travelled with the task is there before its interrupt can come, and until none
	// can come any more: to send a span is no part of the task.
	Message run(Execute execute, Call call, InterruptGuard guard) {
		try (ContextCarrier.Scope scope = this.carriers.restore(execute.context())) {
			return run(execute, call, guard, scope);
		}
	}

	private Message run(Execute execute, Call call, InterruptGuard guard, ContextCarrier.Scope scope) {
		CalledMethod method = call.method();
		guard.enter();
		try {
			return new Completed(execute.task(), (method != null) ? invoke(method, execute.payload(), call.items())
					: invoke(execute.payload(), call.items()));
		}
		catch (OutOfMemoryError ex) {
			throw exitOutOfMemory(ex);
		}
		catch (Throwable ex) {
			scope.failed(ex);
			return new Failed(execute.task(), this.codec.encodeFailure(ex));
		}
		finally {
			guard.exit();
		}
	}

	private Payload invoke(CalledMethod called, Payload payload, @Nullable ItemSender items) throws Throwable {
		CalledMethod.Found found = called.found();
		if (found == null) {
			BoundMethod bound = bound(called.address());
			found = called.found(bound, argumentScope(bound, called.address()));
		}
		CallArguments arguments = this.codec.decodeArguments(TaskCodec.requestOf(called.address(), payload),
				found.arguments());
		return call(found.method(), arguments, items);
	}

	private PayloadScope argumentScope(BoundMethod bound, MethodAddress address) {
		return this.scopes.ofArguments(bound.method(), address.target(), this.loader);
	}

	private Payload invoke(Payload payload, @Nullable ItemSender items) throws Throwable {
		TaskRequest request = this.codec.readRequest(payload);
		if (request instanceof TaskRequest.OfTask task) {
			return answer(AsyncResults
				.await(this.codec.decodeTask(task, this.scopes.ofTask(task.owner(), this.loader)).run()), items);
		}
		TaskRequest.OfInvocation call = (TaskRequest.OfInvocation) request;
		BoundMethod bound = bound(call.address());
		CallArguments arguments = this.codec.decodeArguments(call, argumentScope(bound, call.address()));
		if (call.isRepeated()) {
			return this.codec.encodeResults(CallResults.of(arguments.items(), bound.method().getParameterCount(),
					(each) -> bound.invoke(arguments.instance(), each)));
		}
		return call(bound, arguments, items);
	}

	private Payload call(BoundMethod bound, CallArguments arguments, @Nullable ItemSender items) throws Throwable {
		// What it gives may be read from what it was given.
		OpenArguments streams = this.spool.open(arguments.arguments());
		try {
			Object result = (items != null) ? bound.invokeForItems(arguments.instance(), arguments.arguments())
					: bound.invoke(arguments.instance(), arguments.arguments());
			return answer(AsyncResults.await(result), items);
		}
		finally {
			streams.close();
		}
	}

	private Payload answer(@Nullable Object result, @Nullable ItemSender items) throws Throwable {
		if (items == null) {
			return encode(result);
		}
		items.sendAll(result, this.codec);
		return this.codec.encodeResult(null);
	}

	private Payload encode(@Nullable Object result) {
		Object stored = this.spool.store(result);
		try {
			return this.codec.encodeResult(stored);
		}
		catch (Throwable ex) {
			this.spool.discard(stored);
			throw ex;
		}
	}

	private BoundMethod bound(MethodAddress address) throws Exception {
		BoundMethod known = this.methods.get(address);
		if (known != null) {
			return known;
		}
		BoundMethod found = this.resolver.resolve(address);
		this.methods.put(address, found);
		return found;
	}

	// Java code may throw it where the JVM's own flag does not see it, as for direct
	// buffers; what else failed meanwhile nobody knows, so the worker ends.
	private static Error exitOutOfMemory(OutOfMemoryError error) {
		try {
			error.printStackTrace();
		}
		finally {
			Runtime.getRuntime().halt(OUT_OF_MEMORY);
		}
		return error;
	}

	/**
	 * How a task is called.
	 *
	 * @param method the method to call, {@code null} if the request says what to run
	 * @param items sends the items of its stream, {@code null} if it gives a result
	 */
	record Call(@Nullable CalledMethod method, @Nullable ItemSender items) {

		static final Call FIRST = new Call(null, null);

	}

}
