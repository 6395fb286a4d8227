package dev.offload.local;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.codec.CallArguments;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.codec.TaskRequest;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Work;
import dev.offload.dispatch.WorkRunner;
import dev.offload.spi.AsyncResults;
import dev.offload.spi.CallResults;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * Runs tasks on copies of their arguments and gives back copies of their results, as if
 * they had travelled to a worker.
 */
final class RoundTrip implements WorkRunner {

	private final TaskCodec codec;

	private final PayloadScopes scopes;

	private final PlainWorkRunner calls = new PlainWorkRunner();

	RoundTrip(ExecutorSpec spec, PayloadCodec codec) {
		PayloadLimits limits = PayloadLimits.ofBytes(spec.maxPayloadBytes());
		this.codec = new TaskCodec(codec, spec.name(), limits);
		this.scopes = new PayloadScopes(List.of(), spec.allowedTypes(), limits);
	}

	Payload encode(Work work) {
		Payload payload = (work instanceof Work.OfInvocation call) ? this.codec.encodeInvocation(call.invocation())
				: this.codec.encodeTask(((Work.OfTask) work).task());
		return payload.detached();
	}

	@Override
	public @Nullable Object run(PendingTask task) throws Throwable {
		Payload result;
		try {
			Object value = runDecoded(task);
			result = (value instanceof CallResults results) ? this.codec.encodeResults(results)
					: this.codec.encodeResult(value);
			result = result.detached();
		}
		catch (Throwable ex) {
			throw this.codec.decodeFailure(this.codec.encodeFailure(ex), resultScope(task.work()));
		}
		return isRepeated(task.work()) ? this.codec.decodeResults(result, resultScope(task.work()))
				: this.codec.decodeResult(result, resultScope(task.work()));
	}

	private @Nullable Object runDecoded(PendingTask task) throws Throwable {
		Payload payload = Objects.requireNonNull(task.payload(), "payload");
		TaskRequest request = this.codec.readRequest(payload);
		if (request instanceof TaskRequest.OfTask ofTask) {
			ClassLoader loader = PayloadScopes.loaderOf(((Work.OfTask) task.work()).task().getClass());
			return AsyncResults.await(this.codec.decodeTask(ofTask, this.scopes.ofTask(ofTask.owner(), loader)).run());
		}
		Invocation invocation = ((Work.OfInvocation) task.work()).invocation();
		ClassLoader loader = PayloadScopes.loaderOf(invocation.method().getDeclaringClass());
		CallArguments arguments = this.codec.decodeArguments((TaskRequest.OfInvocation) request,
				this.scopes.ofArguments(invocation.method(), invocation.target().name(), loader));
		return this.calls.invoke(invocation, arguments.instance(), arguments.arguments());
	}

	private static boolean isRepeated(Work work) {
		return work instanceof Work.OfInvocation call && call.invocation().isRepeated();
	}

	private PayloadScope resultScope(Work work) {
		return (work instanceof Work.OfInvocation call) ? this.scopes.ofResult(call.invocation())
				: this.scopes.ofTaskResult(((Work.OfTask) work).task().getClass());
	}

}
