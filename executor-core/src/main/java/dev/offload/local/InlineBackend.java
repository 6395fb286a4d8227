package dev.offload.local;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.dispatch.BackendServices;
import dev.offload.dispatch.CallerSlot;
import dev.offload.dispatch.ExecutorBackend;
import dev.offload.dispatch.PlainWorkRunner;
import dev.offload.dispatch.Slot;
import dev.offload.dispatch.SlotListener;
import dev.offload.dispatch.StagedWork;
import dev.offload.dispatch.Work;
import dev.offload.dispatch.WorkRunner;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;

/**
 * Gives each task a slot on its caller's thread. Nothing is queued and nothing started.
 */
final class InlineBackend implements ExecutorBackend {

	private final WorkRunner runner;

	private final @Nullable RoundTrip roundTrip;

	private @Nullable SlotListener slots;

	InlineBackend(ExecutorSpec spec, PayloadCodec codec) {
		this.roundTrip = spec.codecRoundTrip() ? new RoundTrip(spec, codec) : null;
		this.runner = (this.roundTrip != null) ? this.roundTrip : new PlainWorkRunner();
	}

	@Override
	public void attach(BackendServices services) {
		this.slots = services.slots();
	}

	@Override
	public Slot ownSlot() {
		SlotListener listener = this.slots;
		if (listener == null) {
			throw new IllegalStateException("Not attached");
		}
		return new CallerSlot(listener, this.runner);
	}

	@Override
	public @Nullable StagedWork stage(Work work, boolean copies) {
		return (this.roundTrip != null) ? this.roundTrip.stage(work, copies) : null;
	}

	@Override
	public @Nullable Payload encode(Work work) {
		return (this.roundTrip != null) ? this.roundTrip.encode(work) : null;
	}

	@Override
	public @Nullable String unheeded(String setting) {
		return switch (setting) {
			case "max-workers", "min-workers", "spare-workers", "idle-timeout" -> "its tasks run on their callers";
			case "queue-timeout" -> "its tasks run on their callers and never wait";
			case "max-pending-bytes" ->
				(this.roundTrip != null) ? null : "it does not encode its tasks (codec-round-trip)";
			default -> null;
		};
	}

	@Override
	public void requireQueue() {
		throw new UnsupportedOperationException("its tasks run on their callers and never wait");
	}

	@Override
	public void demand() {
		// nothing ever waits
	}

	@Override
	public void start() {
		// there is nothing to start
	}

	@Override
	public void end() {
		if (this.roundTrip != null) {
			this.roundTrip.close();
		}
	}

}
