package dev.offload;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What the settings of an executor must be, by themselves and together. Not safe for use
 * by many threads.
 */
final class ExecutorSpecRules {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*");

	private static final long MAX_PAYLOAD = 1L << 30;

	/** Pauses of a healthy worker are shorter. */
	private static final Duration LEAST_HANG_TIMEOUT = Duration.ofSeconds(1);

	private final ExecutorSpec spec;

	private final SpecChecks checks;

	ExecutorSpecRules(ExecutorSpec spec) {
		this.spec = spec;
		this.checks = new SpecChecks(spec.name());
	}

	// Throws the first thing that is wrong, with the others suppressed.
	void check() {
		if (!NAME.matcher(this.spec.name()).matches()) {
			throw new IllegalArgumentException(
					"The name of an executor must start with a letter and have only letters, "
							+ "digits, dots, dashes and underscores, but is '" + this.spec.name() + "'");
		}
		if (this.spec.type().isBlank()) {
			this.checks.wrong("type", "must not be blank", this.spec.type());
		}
		String codec = this.spec.codec();
		if (codec != null && codec.isBlank()) {
			this.checks.wrong("codec", "must not be blank", codec);
		}
		checkSizes();
		checkTimes();
		checkType();
		this.checks.end();
	}

	private void checkSizes() {
		this.checks.atLeast("max-workers", this.spec.maxWorkers(), 1);
		this.checks.atLeast("min-workers", this.spec.minWorkers(), 0);
		this.checks.atLeast("spare-workers", this.spec.spareWorkers(), 0);
		this.checks.atLeast("threads-per-worker", this.spec.threadsPerWorker(), 1);
		this.checks.atLeast("start-failures", this.spec.startFailures(), 1);
		this.checks.atLeast("max-pending", this.spec.maxPending(), 1);
		this.checks.atLeast("rate-limit", this.spec.rateLimit(), 0);
		this.checks.atLeast("max-tasks-per-worker", this.spec.maxTasksPerWorker(), 0);
		this.checks.atLeast("max-payload-bytes", this.spec.maxPayloadBytes(), 1024);
		this.checks.atLeast("max-spool-bytes", this.spec.maxSpoolBytes(), 0);
		String spool = this.spec.spoolDirectory();
		if (spool != null && spool.isBlank()) {
			this.checks.wrong("spool-directory", "must not be blank");
		}
		if (this.spec.maxPendingBytes() != null) {
			this.checks.atLeast("max-pending-bytes", this.spec.maxPendingBytes(), 1024);
		}
		if (this.spec.maxWorkerMemory() != null) {
			this.checks.atLeast("max-worker-memory", this.spec.maxWorkerMemory(), 1024 * 1024);
		}
		if (this.spec.minWorkers() > this.spec.maxWorkers()) {
			this.checks.wrong("min-workers", "must not be above max-workers " + this.spec.maxWorkers(),
					this.spec.minWorkers());
		}
		if (this.spec.spareWorkers() > this.spec.maxWorkers()) {
			this.checks.wrong("spare-workers", "must not be above max-workers " + this.spec.maxWorkers(),
					this.spec.spareWorkers());
		}
		if (this.spec.maxPayloadBytes() > MAX_PAYLOAD) {
			this.checks.wrong("max-payload-bytes", "must not be above " + MAX_PAYLOAD, this.spec.maxPayloadBytes());
		}
	}

	private void checkTimes() {
		this.checks.notNegative("queue-timeout", this.spec.queueTimeout());
		this.checks.notNegative("timeout", this.spec.timeout());
		this.checks.notNegative("kill-grace", this.spec.killGrace());
		this.checks.notNegative("idle-timeout", this.spec.idleTimeout());
		this.checks.notNegative("overload-wait", this.spec.overloadWait());
		if (this.spec.rateLimitPeriod().isNegative() || this.spec.rateLimitPeriod().isZero()) {
			this.checks.wrong("rate-limit-period", "must be above zero", this.spec.rateLimitPeriod());
		}
		this.checks.notNegative("close-timeout", this.spec.closeTimeout());
		this.checks.notNegative("max-worker-age", this.spec.maxWorkerAge());
		this.checks.notNegative("hang-timeout", this.spec.hangTimeout());
		if (!this.spec.hangTimeout().isZero() && this.spec.hangTimeout().compareTo(LEAST_HANG_TIMEOUT) < 0) {
			this.checks.wrong("hang-timeout", "must be 0 or at least " + LEAST_HANG_TIMEOUT, this.spec.hangTimeout());
		}
		if (this.spec.startTimeout().isNegative() || this.spec.startTimeout().isZero()) {
			this.checks.wrong("start-timeout", "must be above zero", this.spec.startTimeout());
		}
	}

	private void checkType() {
		boolean local = this.spec.type().equals(ExecutorSpec.THREAD) || this.spec.type().equals(ExecutorSpec.VIRTUAL)
				|| this.spec.type().equals(ExecutorSpec.INLINE);
		if (!local) {
			return;
		}
		if (!this.spec.worker().equals(WorkerSpec.DEFAULTS)) {
			// without the value, which may hold secrets
			this.checks.wrong("worker.*", "is only for type process, and the type is " + this.spec.type());
		}
		onlyForProcesses("threads-per-worker", this.spec.threadsPerWorker() == 1, this.spec.threadsPerWorker());
		onlyForProcesses("max-tasks-per-worker", this.spec.maxTasksPerWorker() == 0, this.spec.maxTasksPerWorker());
		onlyForProcesses("max-worker-age", this.spec.maxWorkerAge().isZero(), this.spec.maxWorkerAge());
		onlyForProcesses("spare-workers", this.spec.spareWorkers() == 0, this.spec.spareWorkers());
		if (this.spec.maxWorkerMemory() != null) {
			onlyForProcesses("max-worker-memory", false, this.spec.maxWorkerMemory());
		}
		onlyForProcesses("min-workers", this.spec.minWorkers() == 0, this.spec.minWorkers());
	}

	private void onlyForProcesses(String setting, boolean unset, Object value) {
		if (!unset) {
			this.checks.wrong(setting, "is only for type process, and the type is " + this.spec.type(), value);
		}
	}

}
