package dev.offload.pool;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.TaskStatus;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadReference;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.Work;
import dev.offload.pool.MethodTable.KnownMethod;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * The service's side of the payloads of one executor. Safe for use by many threads.
 */
final class PoolCodec {

	private final TaskCodec codec;

	/** A worker tells why it could not start before it has any other codec. */
	private final TaskCodec startFailures;

	private final PayloadScopes scopes;

	private final MethodTable methods = new MethodTable();

	PoolCodec(ExecutorSpec spec, PayloadCodec codec, List<String> applicationPackages) {
		PayloadLimits limits = PayloadLimits.ofBytes(spec.maxPayloadBytes());
		this.codec = new TaskCodec(codec, spec.name(), limits);
		this.startFailures = new TaskCodec(new JdkPayloadCodec(), spec.name(), limits);
		this.scopes = new PayloadScopes(applicationPackages, spec.allowedTypes(), limits);
	}

	Payload encode(Work work) {
		if (work instanceof Work.OfInvocation call) {
			return (methodOf(work) != null) ? this.codec.encodeArguments(call.invocation())
					: this.codec.encodeInvocation(call.invocation());
		}
		return this.codec.encodeTask(((Work.OfTask) work).task());
	}

	// The method that is called, if it has a number: the payload does not name it then.
	// Repeated calls name it, once for all.
	@Nullable KnownMethod methodOf(Work work) {
		return (work instanceof Work.OfInvocation call && !call.invocation().isRepeated())
				? this.methods.of(call.invocation()) : null;
	}

	Outcome completed(Work work, Payload payload) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return TaskStatus.SUCCEEDED;
			}

			@Override
			public @Nullable Object value() {
				return decode(work, payload);
			}
		};
	}

	@Nullable Object decode(Work work, Payload payload) {
		return isRepeated(work) ? this.codec.decodeResults(payload, resultScope(work))
				: this.codec.decodeResult(payload, resultScope(work));
	}

	// The reference that a result is, null if it is none.
	@Nullable PayloadReference findReference(Work work, Payload payload) {
		return isRepeated(work) ? null : this.codec.findReference(payload);
	}

	Outcome failed(Work work, Payload payload) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return TaskStatus.FAILED;
			}

			@Override
			public @Nullable Object value() throws Throwable {
				throw PoolCodec.this.codec.decodeFailure(payload, resultScope(work));
			}
		};
	}

	// The exception with which a worker could not start.
	Throwable startFailure(Payload payload) {
		return this.startFailures.decodeFailure(payload, this.scopes.ofTaskResult(PoolCodec.class));
	}

	private static boolean isRepeated(Work work) {
		return work instanceof Work.OfInvocation call && call.invocation().isRepeated();
	}

	private PayloadScope resultScope(Work work) {
		if (work instanceof Work.OfInvocation call) {
			KnownMethod method = (call.invocation().target().instance() != null) ? null : methodOf(work);
			return (method != null) ? method.results(this.scopes, call.invocation())
					: this.scopes.ofResult(call.invocation());
		}
		return this.scopes.ofTaskResult(((Work.OfTask) work).task().getClass());
	}

}
