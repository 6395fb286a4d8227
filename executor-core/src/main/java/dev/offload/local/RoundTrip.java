package dev.offload.local;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.codec.CallArguments;
import dev.offload.codec.PayloadReference;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.codec.TaskRequest;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.StagedWork;
import dev.offload.dispatch.Work;
import dev.offload.dispatch.WorkRunner;
import dev.offload.spi.AsyncResults;
import dev.offload.spi.CallResults;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.StreamResults;
import dev.offload.spool.OpenArguments;
import dev.offload.spool.Spool;
import dev.offload.spool.SpoolRoot;
import dev.offload.spool.StagedCall;
import dev.offload.spool.StreamedTypes;
import dev.offload.spool.WorkerSpool;

/**
 * Runs tasks on copies of their arguments and gives back copies of their results, as if
 * they had travelled to a worker.
 */
final class RoundTrip implements WorkRunner {

	private final TaskCodec codec;

	private final PayloadScopes scopes;

	private final PlainWorkRunner calls = new PlainWorkRunner();

	private final Spool spool;

	private final SpoolRoot results;

	private final WorkerSpool worker;

	RoundTrip(ExecutorSpec spec, PayloadCodec codec) {
		StreamedTypes types = StreamedTypes.known();
		this.spool = new Spool(spec, types, null);
		this.results = () -> this.spool.directoryOf(0);
		this.worker = new WorkerSpool(spec.name(), types, this.results, spec.maxSpoolBytes());
		PayloadLimits limits = PayloadLimits.ofBytes(spec.maxPayloadBytes());
		this.codec = new TaskCodec(codec, spec.name(), limits);
		this.scopes = new PayloadScopes(List.of(), spec.allowedTypes(), limits);
	}

	@Nullable StagedWork stage(Work work, boolean copies) {
		if (!(work instanceof Work.OfInvocation call)) {
			return null;
		}
		StagedCall staged = this.spool.stage(call.invocation(), copies);
		return (staged != null) ? new StagedWork(new Work.OfInvocation(staged.invocation()), staged::release) : null;
	}

	Payload encode(Work work) {
		Payload payload = (work instanceof Work.OfInvocation call) ? this.codec.encodeInvocation(call.invocation())
				: this.codec.encodeTask(((Work.OfTask) work).task());
		return payload.detached();
	}

	@Override
	public @Nullable Object run(PendingTask task) throws Throwable {
		if (task.work().buffer() != null) {
			return runStream(task);
		}
		Payload result;
		try {
			result = runDecoded(task, this::encodeResult).detached();
		}
		catch (Throwable ex) {
			throw this.codec.decodeFailure(this.codec.encodeFailure(ex), resultScope(task.work()));
		}
		return decode(task.work(), result);
	}

	// Its items are made, and copied, when they are wanted.
	private Stream<?> runStream(PendingTask task) throws Throwable {
		PayloadScope scope = resultScope(task.work());
		Stream<?> items = runDecoded(task, StreamResults::of);
		// They may be made from what it was given, also after the end of the task.
		return items
			.<@Nullable Object>map((item) -> this.codec.decodeResult(this.codec.encodeResult(item).detached(), scope))
			.onClose(task.takeFiles());
	}

	private @Nullable Object decode(Work work, Payload result) throws IOException {
		if (isRepeated(work)) {
			return this.codec.decodeResults(result, resultScope(work));
		}
		Object value = this.codec.decodeResult(result, resultScope(work));
		PayloadReference reference = this.codec.findReference(result);
		if (reference == null) {
			return value;
		}
		return this.spool.restore(value, reference.copy() ? this.spool.take(reference, this.results.open()) : null,
				(work instanceof Work.OfInvocation call) ? call.invocation() : null);
	}

	private <R> R runDecoded(PendingTask task, Function<@Nullable Object, R> form) throws Throwable {
		Payload payload = Objects.requireNonNull(task.payload(), "payload");
		TaskRequest request = this.codec.readRequest(payload);
		if (request instanceof TaskRequest.OfTask ofTask) {
			ClassLoader loader = PayloadScopes.loaderOf(((Work.OfTask) task.work()).task().getClass());
			return form.apply(AsyncResults
				.await(this.codec.decodeTask(ofTask, this.scopes.ofTask(ofTask.owner(), loader)).run()));
		}
		Invocation invocation = ((Work.OfInvocation) task.work()).invocation();
		ClassLoader loader = PayloadScopes.loaderOf(invocation.method().getDeclaringClass());
		CallArguments arguments = this.codec.decodeArguments((TaskRequest.OfInvocation) request,
				this.scopes.ofArguments(invocation.method(), invocation.target().name(), loader));
		OpenArguments open = this.worker.open(arguments.arguments());
		boolean read = false;
		try {
			R result = form.apply(this.calls.invoke(invocation, arguments.instance(), arguments.arguments()));
			if (result instanceof Stream<?> items) {
				// They may be made from what it was given.
				var unused = items.onClose(open::close);
				read = true;
			}
			return result;
		}
		finally {
			if (!read) {
				open.close();
			}
		}
	}

	private Payload encodeResult(@Nullable Object result) {
		if (result instanceof CallResults repeated) {
			return this.codec.encodeResults(repeated);
		}
		return this.codec.encodeResult(this.worker.store(result));
	}

	void close() {
		this.spool.close();
	}

	private static boolean isRepeated(Work work) {
		return work instanceof Work.OfInvocation call && call.invocation().isRepeated();
	}

	private PayloadScope resultScope(Work work) {
		return (work instanceof Work.OfInvocation call) ? this.scopes.ofResult(call.invocation())
				: this.scopes.ofTaskResult(((Work.OfTask) work).task().getClass());
	}

}
