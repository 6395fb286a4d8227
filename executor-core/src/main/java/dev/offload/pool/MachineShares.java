package dev.offload.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.process.OwnOptions;
import dev.offload.spi.WorkerShare;

/**
 * Divides memory and processors between the workers of all executors of a factory. A
 * share is computed when a worker is started, from the executors that there are then.
 * Safe for use by many threads.
 */
final class MachineShares {

	private static final Logger logger = LoggerFactory.getLogger(MachineShares.class);

	private final Machine machine;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock: the executors that are not closed. */
	private final List<Claim> claims = new ArrayList<>();

	MachineShares(Machine machine) {
		this.machine = machine;
	}

	// Adds an executor, and warns if there is not enough for all of them.
	Claim add(ExecutorSpec spec) {
		Claim claim = new Claim(this, spec);
		change(() -> this.claims.add(claim));
		return claim;
	}

	private void resize(Claim claim, IntSupplier maxWorkers) {
		change(() -> {
			int before = claim.maxWorkers;
			claim.maxWorkers = maxWorkers.getAsInt();
			return claim.maxWorkers != before;
		});
	}

	// Warns only if something was changed.
	private void change(BooleanSupplier action) {
		String problem = null;
		this.lock.lock();
		try {
			if (action.getAsBoolean() && this.machine.isMemoryKnown()) {
				problem = plan().overCommitment();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (problem != null) {
			logger.warn("{}", problem);
		}
	}

	private void remove(Claim claim) {
		this.lock.lock();
		try {
			this.claims.remove(claim);
		}
		finally {
			this.lock.unlock();
		}
	}

	// What all workers of an executor may take.
	OptionalLong workerMemory(String executor) {
		this.lock.lock();
		try {
			if (!this.machine.isMemoryKnown()) {
				return OptionalLong.empty();
			}
			MemoryPlan plan = plan();
			return plan.demands()
				.stream()
				.filter((demand) -> demand.executor().equals(executor))
				.mapToLong(plan::totalOf)
				.findFirst();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock.
	private MemoryPlan plan() {
		return MemoryPlan.of(this.machine, this.claims.stream().map(this::demand).toList());
	}

	// Only with the lock.
	private MemoryDemand demand(Claim claim) {
		return MemoryDemand.of(claim.spec, claim.maxWorkers, this.machine);
	}

	private WorkerShare share(Claim claim) {
		WorkerShare share;
		boolean news;
		this.lock.lock();
		try {
			OwnOptions own = OwnOptions.of(claim.spec.worker().jvmArgs());
			share = new WorkerShare(heap(claim, own), processors(claim, own));
			news = !share.equals(claim.last);
			claim.last = share;
		}
		finally {
			this.lock.unlock();
		}
		if (news) {
			logger.info("Executor '{}': a worker has {} of heap and counts on {}", claim.spec.name(),
					(share.heapBytes() != null) ? MemoryPlan.megabytes(share.heapBytes())
							: "as much as its JVM decides",
					(share.processors() != null)
							? share.processors() + " of " + this.machine.processors() + " processors"
							: "as many processors as its JVM decides");
		}
		return share;
	}

	// Only with the lock.
	private @Nullable Long heap(Claim claim, OwnOptions own) {
		Long set = claim.spec.worker().heapBytes();
		if (own.maxHeap() != null) {
			return null;
		}
		if (set != null || own.memoryPercentage() != null || !this.machine.isMemoryKnown()) {
			return set;
		}
		return plan().heapOf(demand(claim));
	}

	// Only with the lock.
	private @Nullable Integer processors(Claim claim, OwnOptions own) {
		if (own.processors() != null) {
			return null;
		}
		Integer set = claim.spec.worker().processors();
		return (set != null) ? set : Integer.valueOf(Math.max(1, this.machine.processors() / claim.maxWorkers));
	}

	/**
	 * The part of one executor, until it is closed.
	 */
	static final class Claim {

		private final MachineShares shares;

		private final ExecutorSpec spec;

		/** Guarded by the lock of the shares. */
		private int maxWorkers;

		/** Guarded by the lock of the shares: what was told of last. */
		private @Nullable WorkerShare last;

		private Claim(MachineShares shares, ExecutorSpec spec) {
			this.shares = shares;
			this.spec = spec;
			this.maxWorkers = spec.maxWorkers();
		}

		// What a worker that is started now may use.
		WorkerShare share() {
			return this.shares.share(this);
		}

		// There may be another number of workers from now on.
		void resize(IntSupplier value) {
			this.shares.resize(this, value);
		}

		// Gives its part to the others.
		void giveBack() {
			this.shares.remove(this);
		}

	}

}
