package dev.offload.process;

import java.nio.file.Path;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerDeath;

/**
 * A start-up cache that a worker is to write when it ends.
 *
 * @param executor the name of the executor
 * @param making the file
 * @param options the options of the worker
 * @param counter told that it has been tried, which it is not of a worker that this
 * service has killed
 */
record StartupCacheMaking(String executor, StartupCaches.Making making, List<String> options, Runnable counter) {

	private static final Logger logger = LoggerFactory.getLogger(StartupCacheMaking.class);

	void failed() {
		this.counter.run();
		this.making.finish(false);
	}

	void ended(WorkerDeath death) {
		if (!death.evidence().killedByService()) {
			this.counter.run();
		}
		Path kept = this.making.finish(Integer.valueOf(0).equals(death.exitCode()));
		if (kept != null) {
			logger.info("Executor '{}': made a start-up cache for its workers, {} of {} KB", this.executor, kept,
					kept.toFile().length() / 1024);
		}
		else if (!death.evidence().killedByService()) {
			logger.info("Executor '{}': no start-up cache was made for its workers: the one that was to make it {}",
					this.executor, death.reason());
		}
	}

}
