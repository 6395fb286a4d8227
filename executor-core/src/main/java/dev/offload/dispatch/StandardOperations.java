package dev.offload.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorListener;
import dev.offload.ExecutorOperations;
import dev.offload.ExecutorSpec;
import dev.offload.QuarantinedWork;
import dev.offload.spi.LiveTask;

/**
 * The operations of an executor: what concerns tasks is done here, what concerns workers
 * by its backend.
 */
final class StandardOperations implements ExecutorOperations {

	private static final Logger logger = LoggerFactory.getLogger(StandardOperations.class);

	private final ExecutorSpec spec;

	private final RateGate rate;

	private final Ledger ledger;

	private final TaskLifecycle lifecycle;

	private final ExecutorBackend backend;

	private final ExecutorListener listener;

	StandardOperations(Restrictions restrictions, Ledger ledger, TaskLifecycle lifecycle, ExecutorBackend backend,
			ExecutorListener listener) {
		this.spec = restrictions.limits().spec();
		this.rate = restrictions.rate();
		this.ledger = ledger;
		this.lifecycle = lifecycle;
		this.backend = backend;
		this.listener = listener;
	}

	@Override
	public void resize(int maxWorkers) {
		change(ExecutorLimits.builder().maxWorkers(maxWorkers).build());
	}

	@Override
	public void change(ExecutorLimits change) {
		change.settings().keySet().forEach(this::requireHeeded);
		LimitsInForce.Change done = this.rate.change(change);
		if (done.before().equals(done.after())) {
			return;
		}
		logger.info("Executor '{}': its limits were changed: {}", this.spec.name(), done);
		this.ledger.limitsChanged();
		this.backend.limitsChanged();
	}

	private void requireHeeded(String setting) {
		String reason = this.backend.unheeded(setting);
		if (reason != null) {
			throw unsupported("change " + setting, reason, null);
		}
	}

	@Override
	public void pause() {
		supported("be paused", this.backend::requireQueue);
		if (this.lifecycle.dispatcher().pause()) {
			this.listener.executorPaused(this.spec.name(), true);
		}
	}

	@Override
	public void resume() {
		supported("be resumed", this.backend::requireQueue);
		if (this.lifecycle.dispatcher().resume()) {
			this.listener.executorPaused(this.spec.name(), false);
		}
	}

	@Override
	public void recycle() {
		supported("recycle workers", this.backend::recycle);
	}

	@Override
	public boolean recycle(int worker) {
		return give("recycle workers", () -> this.backend.recycle(worker));
	}

	@Override
	public boolean cancel(String taskId) {
		Submission submission = find(taskId);
		return submission != null && this.lifecycle.stops().cancel(submission);
	}

	@Override
	public boolean kill(String taskId) {
		boolean ended = false;
		// One that was cancelled is still in its slot, though it has ended.
		for (PendingTask task : this.lifecycle.dispatcher().find(taskId)) {
			ended |= this.lifecycle.stops().kill(task);
		}
		return ended || cancel(taskId);
	}

	// Also between two attempts.
	private @Nullable Submission find(String taskId) {
		LiveTask task = this.lifecycle.directory().find(taskId).orElse(null);
		return (task instanceof Submission submission && submission.isOf(this.spec.name())) ? submission : null;
	}

	@Override
	public List<QuarantinedWork> quarantined() {
		return this.lifecycle.quarantine().list();
	}

	@Override
	public boolean release(String key) {
		boolean released = this.lifecycle.quarantine().release(key);
		if (released) {
			logger.info("Executor '{}': the work '{}' was released from quarantine", this.spec.name(), key);
		}
		return released;
	}

	@Override
	public CompletableFuture<String> threadDump(int worker) {
		return give("tell the stacks of workers", () -> this.backend.threadDump(worker));
	}

	private void supported(String what, Runnable operation) {
		give(what, () -> {
			operation.run();
			return true;
		});
	}

	private <T> T give(String what, Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (UnsupportedOperationException ex) {
			throw unsupported(what, ex.getMessage(), ex);
		}
	}

	private UnsupportedOperationException unsupported(String what, @Nullable String reason, @Nullable Throwable cause) {
		return new UnsupportedOperationException("Executor '" + this.spec.name() + "' of type " + this.spec.type()
				+ " cannot " + what + ", for " + reason, cause);
	}

}
