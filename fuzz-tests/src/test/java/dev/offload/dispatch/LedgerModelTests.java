package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OverloadPolicy;
import dev.offload.TaskOptions;

/**
 * Tests for {@link Ledger} in many orders of the steps that threads take with it: no more
 * places are taken than there are, none is given back twice, and all adds up.
 */
public class LedgerModelTests {

	private static final int MAX_PENDING = 2;

	private static final int BYTES = 1024;

	private final Ledger ledger = new Ledger(new LimitsInForce(ExecutorSpec.builder("model")
		.maxPending(MAX_PENDING)
		.maxPendingBytes((long) MAX_PENDING * BYTES)
		.overload(OverloadPolicy.REJECT)
		.build()));

	private final Submission task = new Submission("model", "task-1", "task", TaskOptions.DEFAULTS);

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger held = new AtomicInteger();

	@Test
	void placesAreNeverMoreThanThereAreAndAddUp() {
		Model.options().verifier(EpsilonVerifier.class).check(LedgerModelTests.class);
	}

	@Operation
	public void enter() {
		try {
			this.ledger.enter(this.task, true);
		}
		catch (ExecutorOverloadException | ExecutorClosedException ex) {
			return;
		}
		try {
			this.ledger.accept(this.task, BYTES);
			this.accepted.incrementAndGet();
			this.held.incrementAndGet();
		}
		catch (ExecutorOverloadException | ExecutorClosedException ex) {
			this.ledger.leave();
		}
	}

	@Operation
	public void release() {
		if (this.held.getAndUpdate((count) -> Math.max(0, count - 1)) > 0) {
			this.ledger.release(BYTES);
		}
	}

	@Operation
	public void look() {
		// Not all totals: the model takes a loop over ten reasons for one that waits.
		long pending = this.ledger.pending();
		if (pending < 0 || pending > MAX_PENDING) {
			throw new IllegalStateException(pending + " places are taken");
		}
	}

	@Operation
	public void drain() {
		this.ledger.advance(ExecutorState.DRAINING);
	}

	@Validate
	public void allAddsUp() {
		TaskCounts.Totals totals = this.ledger.totals();
		if (totals.pending() != this.held.get() || totals.submitted() != this.accepted.get()) {
			throw new IllegalStateException(totals + ", and " + this.held + " held of " + this.accepted);
		}
	}

}
