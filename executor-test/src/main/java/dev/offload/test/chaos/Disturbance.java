package dev.offload.test.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;

import dev.offload.OffloadExecutor;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;

/**
 * What is done to a pool from outside, again and again.
 */
enum Disturbance {

	/** Nothing. */
	NONE {
		@Override
		void strike(long pid) {
		}
	},

	/** A worker is killed with {@code SIGKILL}. */
	KILL {
		@Override
		void strike(long pid) {
			ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
		}
	},

	/** A worker is stopped with {@code SIGSTOP}. */
	STOP {
		@Override
		void strike(long pid) throws IOException, InterruptedException {
			new ProcessBuilder("kill", "-STOP", Long.toString(pid)).redirectErrorStream(true).start().waitFor();
		}
	};

	abstract void strike(long pid) throws IOException, InterruptedException;

	// Strikes one of the workers that are ready; false if none is.
	boolean strikeOne(OffloadExecutor executor, Random random) throws IOException, InterruptedException {
		List<Long> ready = executor.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.IDLE || worker.state() == WorkerState.BUSY)
			.map(WorkerSnapshot::pid)
			.toList();
		if (this == NONE || ready.isEmpty()) {
			return false;
		}
		strike(ready.get(random.nextInt(ready.size())));
		return true;
	}

}
